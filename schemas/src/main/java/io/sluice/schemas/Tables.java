package io.sluice.schemas;

import java.util.List;

/** The list of all tables of a tenant, in the order in which data flows through them. */
public final class Tables {
    public static final List<TableSpec> ALL = List.of(
            LandingObjectTable.SPEC,
            ExchangeTable.SPEC,
            RejectTable.SPEC,
            IdentifierTable.SPEC,
            EndpointTable.SPEC,
            SessionTable.SPEC,
            SessionStepTable.SPEC,
            BehaviorModelTable.SPEC,
            DependencyTable.SPEC,
            ScenarioTable.SPEC,
            FidelityTable.SPEC,
            ScrubRequestTable.SPEC,
            ScrubExchangeTable.SPEC,
            EvidenceTable.SPEC,
            SuppressionTable.SPEC,
            RunTable.SPEC,
            LineageEdgeTable.SPEC);

    private Tables() {}
}
