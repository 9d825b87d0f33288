package io.sluice.scrub.evidence;

import io.sluice.schemas.Document;
import io.sluice.scrub.search.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A certificate for people: one self-contained page in the look of the report, without a script, made to be printed. */
public final class CertificatePage {
    private static final List<String> STYLES = List.of(
            "/io/sluice/report/css/base.css",
            "/io/sluice/report/css/sections.css",
            "/io/sluice/report/css/print.css",
            "certificate.css");
    private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");
    /** So many lines tell of earlier versions of one table. */
    private static final int MOST_VERSIONS = 40;

    private static final List<String> TABLE_TITLES = List.of(
            "Table",
            "Version before",
            "after",
            "Oldest readable",
            "Rows found",
            "Rows scrubbed",
            "Objects read that held it");

    private final SealedDocument sealed;
    private final Certificate certificate;

    private CertificatePage(SealedDocument sealed) {
        this.sealed = sealed;
        this.certificate = sealed.certificate();
    }

    /**
     * The page about a sealed {@code document}, which is shown and not checked; the same document gives the same bytes.
     *
     * @throws Document.Invalid where the schema is not met
     */
    public static String render(String document) {
        SealedDocument sealed = SealedDocument.read(document);
        Document.CERTIFICATE.check(document);
        return new CertificatePage(sealed).page();
    }

    private String page() {
        String style = STYLES.stream().map(CertificatePage::resource).collect(Collectors.joining("\n"));
        Certificate.Request request = certificate.request();
        boolean done = certificate.outcome().state() == Certificate.State.DONE;
        Map<String, Html> slots = Map.ofEntries(
                Map.entry("policy", new Html(policy(style))),
                Map.entry("style", new Html(style)),
                Map.entry("deed", Html.text(request.action().equals("erase") ? "erasure" : "redaction")),
                Map.entry("request", Html.text(request.requestId())),
                Map.entry("tenant", Html.text(request.tenant())),
                Map.entry("basis", Html.text(request.basis())),
                Map.entry("ended", Html.text(time(certificate.outcome().endedAt()))),
                Map.entry("mood", Html.text(done ? "st-done" : "st-partly-done")),
                Map.entry("state", Html.text(done ? "done" : "done in part")),
                Map.entry("verdict", Html.text(verdict())),
                Map.entry("deadline", deadline()),
                Map.entry("tables", tables()),
                Map.entry("versions", versions()),
                Map.entry("objects", objects()),
                Map.entry("origin", origin()),
                Map.entry("seal", seal()));
        return SLOT.matcher(resource("certificate.html"))
                .replaceAll(slot -> Matcher.quoteReplacement(
                        Objects.requireNonNull(slots.get(slot.group(1)), () -> "no slot " + slot.group(1))
                                .markup()));
    }

    private String verdict() {
        Certificate.Verification read = certificate.outcome().verification();
        return Html.number(read.bytesRead()) + " bytes of " + Html.number(read.objects())
                + " objects were read after the work. Places where something demanded still stands: "
                + Html.number(read.hits()) + ". Objects that could not be read in full: "
                + Html.number(read.unreadable()) + ".";
    }

    private Html deadline() {
        Certificate.Request request = certificate.request();
        Certificate.Outcome outcome = certificate.outcome();
        Duration left = Duration.between(outcome.endedAt(), request.deadline());
        return new Html.Facts()
                .fact("Received", time(request.receivedAt()))
                .fact("Deadline", time(request.deadline()))
                .fact("Work", time(outcome.startedAt()) + " to " + time(outcome.endedAt()))
                .fact(certificate.inTime() ? "In time by" : "Late by", length(left.abs()))
                .fact("Earlier versions", history())
                .fact("Scope", scope(request.scope()))
                .code("Subjects, as keyed hashes", String.join(" ", request.subjects()))
                .end();
    }

    private String history() {
        if (certificate.request().history().equals("purge")) {
            return "those that held the data are unreadable (purge)";
        }
        String purged = certificate.outcome().tables().stream()
                .filter(table -> "purge".equals(table.history()))
                .map(Certificate.TableChange::table)
                .collect(Collectors.joining(", "));
        return "stay readable, without the data (preserve)"
                + (purged.isEmpty() ? "" : ", except in tables where that could not be done: " + purged);
    }

    private static String scope(@Nullable Scope scope) {
        if (scope == null) {
            return "everything that is stored";
        }
        return "exchanges captured"
                + (scope.from() == null ? "" : " from " + time(scope.from()))
                + (scope.to() == null ? "" : " before " + time(scope.to()))
                + (scope.services().isEmpty() ? "" : " by " + String.join(", ", scope.services()))
                + ", and all that was made from them";
    }

    private Html tables() {
        return Html.table(
                TABLE_TITLES,
                certificate.outcome().tables().stream()
                        .map(table -> new Html.NamedRow(
                                table.table(),
                                List.of(
                                        table.versionBefore(),
                                        table.versionAfter(),
                                        table.oldestReadableVersion(),
                                        table.rowsFound(),
                                        table.rowsErased() + table.rowsRedacted(),
                                        table.objectsHeld())))
                        .toList());
    }

    private Html versions() {
        List<Certificate.TableChange> tables = certificate.outcome().tables();
        if (tables.stream().allMatch(table -> table.versions().isEmpty())) {
            return Html.text("");
        }
        Html.Facts facts = new Html.Facts();
        for (Certificate.TableChange table : tables) {
            table.versions().stream()
                    .limit(MOST_VERSIONS)
                    .forEach(versions -> facts.fact(
                            table.table()
                                    + (versions.isOne() ? ", version " : ", versions " + versions.from() + " to ")
                                    + versions.to(),
                            became(versions)));
            if (table.versions().size() > MOST_VERSIONS) {
                facts.fact(table.table() + ", later ones", "see the document");
            }
        }
        return new Html("<h3>Earlier versions that hold blank rows, or are gone</h3>\n"
                + facts.end().markup());
    }

    private static String became(Certificate.VersionChange versions) {
        return versions.rows() == null || versions.files() == null
                ? "can no longer be read"
                : counted(versions.rows(), "blank row") + " in " + counted(versions.files(), "file")
                        + (versions.isOne() ? "" : ", in each of these versions");
    }

    private static String counted(long count, String what) {
        return Html.number(count) + " " + what + (count == 1 ? "" : "s");
    }

    private Html objects() {
        Certificate.Inventory before = certificate.outcome().inventoryBefore();
        Certificate.Inventory after = certificate.outcome().inventoryAfter();
        return new Html.Facts()
                .fact("Before", size(before))
                .code("Merkle root", before.merkleRoot())
                .fact("After", size(after))
                .code("Merkle root", after.merkleRoot())
                .end();
    }

    private static String size(Certificate.Inventory inventory) {
        return Html.number(inventory.objects()) + " objects with " + Html.number(inventory.bytes())
                + " bytes under the tenant's root";
    }

    private Html origin() {
        Certificate.Origin origin = certificate.origin();
        String algorithms = origin.algorithmVersions().entrySet().stream()
                .map(algorithm -> algorithm.getKey() + " " + algorithm.getValue())
                .collect(Collectors.joining(", "));
        return new Html.Facts()
                .fact("Release", origin.release())
                .fact("Algorithms", algorithms)
                .fact("Verified with", certificate.outcome().verification().algorithm())
                .fact("Run", origin.runId() + together(origin.requestsInRun()) + again(origin.begunBefore()))
                .fact(
                        "Cost",
                        Html.number(origin.cost().executorMillis()) + " ms of task time, "
                                + Html.number(origin.cost().bytesWritten()) + " bytes written")
                .end();
    }

    private static String together(@Nullable Integer requests) {
        return requests == null
                ? ""
                : ", for " + requests + " requests at once, whose rows and cost are counted together";
    }

    private static String again(@Nullable Boolean begunBefore) {
        return begunBefore == null ? "" : ", after a run that had begun it, whose rows and cost are not counted";
    }

    private Html seal() {
        return new Html.Facts()
                .code("Fingerprint of the key", sealed.publicKey().fingerprint())
                .code("Public key (Ed25519)", sealed.publicKey().base64())
                .code("Signature", sealed.signature())
                .code("This certificate", sealed.hash())
                .code("The one before", certificate.previous().orElse("none, this is the first"))
                .end();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", " UTC");
    }

    /** {@code PT49H5M} -> {@code 2 d 1 h 5 min}; under a minute, seconds. */
    private static String length(Duration duration) {
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() + " s";
        }
        return (duration.toDays() == 0 ? "" : duration.toDays() + " d ")
                + (duration.toHours() == 0 ? "" : duration.toHoursPart() + " h ")
                + duration.toMinutesPart() + " min";
    }

    private static String policy(String style) {
        String hash = Base64.getEncoder().encodeToString(Sha256.of(style.getBytes(StandardCharsets.UTF_8)));
        return "default-src 'none'; style-src 'sha256-" + hash + "'; base-uri 'none'; form-action 'none'";
    }

    private static String resource(String file) {
        try (InputStream in = Objects.requireNonNull(CertificatePage.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
