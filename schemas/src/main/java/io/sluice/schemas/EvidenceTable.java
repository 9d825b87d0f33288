package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** A signed certificate of a scrub; each names the hash of the one before. */
public final class EvidenceTable {
    public static final String NUMBER = "number";
    public static final String REQUEST_ID = "request_id";
    public static final String SEALED_AT = "sealed_at";
    public static final String CERTIFICATE_HASH = "certificate_hash";
    public static final String CERTIFICATE = "certificate";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "evidence", "A signed certificate of a scrub; each names the hash of the one before.")
            .required(NUMBER, LongType, NONE, "Place in the chain, from 1")
            .required(REQUEST_ID, StringType, NONE, "Scrub request it speaks of")
            .required(SEALED_AT, TimestampType, NONE, "When it was signed")
            .required(CERTIFICATE_HASH, StringType, NONE, "SHA-256 by which the next one names it")
            .required(CERTIFICATE, StringType, NONE, "The document, valid against certificate.schema.json")
            .required(RUN_ID, StringType, NONE, "Run that wrote the row")
            .build();

    private EvidenceTable() {}
}
