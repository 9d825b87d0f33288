package io.sluice.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out of one file, kept in memory for a test. */
final class Collected implements CaptureSink {
    final List<CapturedExchange> exchanges = new ArrayList<>();
    final List<Rejected> rejects = new ArrayList<>();
    CaptureIntake.@Nullable Verdict verdict;

    @Override
    public void exchange(CapturedExchange exchange) {
        exchanges.add(exchange);
    }

    @Override
    public void reject(Rejected rejected) {
        rejects.add(rejected);
    }

    CapturedExchange only() {
        if (exchanges.size() != 1 || !rejects.isEmpty()) {
            throw new AssertionError(exchanges.size() + " exchanges and the rejects " + rejects);
        }
        return exchanges.get(0);
    }

    List<RejectReason> reasons() {
        return rejects.stream().map(Rejected::reason).toList();
    }

    static Collected of(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Collected of(String name, byte[] file) {
        return of(new CaptureSource(name), file, false);
    }

    static Collected of(CaptureSource source, byte[] file, boolean named) {
        Collected collected = new Collected();
        try {
            collected.verdict = new CaptureIntake(null).read(new ByteArrayInputStream(file), source, named, collected);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return collected;
    }

    static String text(@Nullable Body body) {
        return body == null ? "" : body.toString();
    }
}
