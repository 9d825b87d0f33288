package io.sluice.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.Lease;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.TableSpec;
import io.sluice.tenant.SluiceException;
import java.util.List;
import java.util.Optional;

/**
 * One operation on the tables of one tenant. The class is a picocli command whose annotated fields are its options;
 * {@link JobRunner} does everything that operations have in common.
 *
 * @param <P> what a run will do, shown with {@code --plan-only}; its JSON is stored, so it holds no captured value
 * @param <R> what a run did; its JSON is stored too
 */
public interface Job<P extends Record, R extends Record> {
    /** The only tables it can read, besides those it writes. */
    List<TableSpec> reads();

    /** The only tables it can write. */
    List<TableSpec> writes();

    /** Puts on record, before anything is planned, what was asked for, even if that is refused then; not for a plan alone. */
    default void begin(TenantTables tables) {}

    /** Works out what to do; reads only. */
    P plan(TenantTables tables);

    /** Does it. Tried again under the same run id after a crash, it must end in the same tables. */
    R execute(P plan, TenantTables tables);

    /** Puts on record that what was begun came to nothing. */
    default void fail(SluiceException why, TenantTables tables) {}

    /** How it gets along with other runs of the tenant; none where it takes no notice of them. */
    default Optional<Lease.Kind> lease() {
        return Optional.of(Lease.Kind.SHARED);
    }

    /** What is wrong with the options beyond what the command line can tell, one sentence each. */
    default List<String> problems() {
        return List.of();
    }

    /** What is run instead, where the options ask for something that touches no tenant. */
    default Optional<Program> withoutTenant() {
        return Optional.empty();
    }

    /** Refuses the run if one with its id, which ended and printed {@code earlier}, was asked for something else. */
    default void refuseIfAskedOtherwise(JsonNode earlier, TenantTables tables) {}

    /** Whether some of the input could not be dealt with, which the result says in full: exit code 4. */
    default boolean doneInPart(R result) {
        return false;
    }

    /** What stands on standard output: the run document, unless the operation is a question whose answer is wanted. */
    default String printed(R result, ObjectNode document) {
        return document.toPrettyString();
    }
}
