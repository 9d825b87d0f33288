package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseTest {
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path leases = Path.of("");

    @BeforeEach
    void namesTheirFolder() throws IOException {
        leases = Files.createDirectories(folder.resolve(Lease.FOLDER));
    }

    @Test
    void runsShareATenantAndLeaveNothingBehind() throws IOException {
        try (Lease one = take("one", Lease.Kind.SHARED, NO_WAIT);
                Lease other = take("other", Lease.Kind.SHARED, NO_WAIT)) {
            assertThat(List.of(one, other)).doesNotHaveDuplicates();
            assertThat(files()).hasSize(2).allMatch(name -> name.endsWith("~one") || name.endsWith("~other"));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void oneThatIsToBeAloneWaitsUntilOthersHaveEnded() throws Exception {
        Lease reader = take("reader", Lease.Kind.SHARED, NO_WAIT);
        assertThatThrownBy(() -> take("hasty", Lease.Kind.ALONE, NO_WAIT))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("other runs of this tenant have not ended: reader");
        CompletableFuture<Lease> alone = CompletableFuture.supplyAsync(() -> take("alone", Lease.Kind.ALONE, LONG));
        assertThatThrownBy(() -> alone.get(1500, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        reader.close();
        alone.get(30, TimeUnit.SECONDS).close();
        assertThat(files()).isEmpty();
    }

    @Test
    void whoComesWhileOneIsAloneIsToldToComeAgain() throws IOException {
        try (Lease alone = take("alone", Lease.Kind.ALONE, NO_WAIT)) {
            assertThat(alone).isNotNull();
            assertThatThrownBy(() -> take("reader", Lease.Kind.SHARED, LONG))
                    .isInstanceOf(SluiceException.class)
                    .hasMessageContaining("run alone is scrubbing this tenant")
                    .hasMessageContaining("Run the same command again");
            assertThat(files()).hasSize(1);
        }
    }

    @Test
    void ofManyThatAreToBeAloneEachIsInTurn() {
        AtomicInteger holding = new AtomicInteger();
        List<CompletableFuture<Integer>> turns = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try (Lease lease = take("alone" + i, Lease.Kind.ALONE, LONG)) {
                        assertThat(lease).isNotNull();
                        int together = holding.incrementAndGet();
                        TimeUnit.MILLISECONDS.sleep(200);
                        holding.decrementAndGet();
                        return together;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        assertThat(turns.stream().map(CompletableFuture::join)).containsOnly(1);
    }

    @Test
    void aRunThatWasKilledIsNotWaitedFor() throws Exception {
        try (Lease model = take("killed", Lease.Kind.SHARED, NO_WAIT)) {
            assertThat(model).isNotNull();
            Process ended = new ProcessBuilder("true").start();
            ended.waitFor();
            String name = files().get(0).replace("~" + ProcessHandle.current().pid() + "@", "~" + ended.pid() + "@");
            Files.createFile(leases.resolve(name));
        }
        take("alone", Lease.Kind.ALONE, NO_WAIT).close();
        assertThat(files()).isEmpty();
    }

    @Test
    void aLeaseThatNobodyRenewsGoesStale() throws IOException {
        Path elsewhere = Files.createFile(leases.resolve("ALONE~1~1@another.example~lost"));
        assertThatThrownBy(() -> take("reader", Lease.Kind.SHARED, NO_WAIT)).hasMessageContaining("run lost");
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minusSeconds(150)));
        take("reader", Lease.Kind.SHARED, NO_WAIT).close();
        assertThat(files()).isEmpty();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(leases)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Lease take(String run, Lease.Kind kind, Duration longestWait) {
        try {
            return Lease.take(TenantRoot.at(folder.toString(), new Configuration()), run, kind, longestWait);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
