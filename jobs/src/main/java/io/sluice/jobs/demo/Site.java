package io.sluice.jobs.demo;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A running bookshop with its payment service, and, where wanted, recorders in front of both. */
public final class Site implements AutoCloseable {
    private static final URI SHOP = URI.create("http://bookshop.example");
    private static final URI PAYMENTS = URI.create("http://payments.example");

    private final Deque<Runnable> toClose = new ArrayDeque<>();
    private final URI shop;

    private Site(long seed, Optional<HarFile> har) {
        Payments payments = Payments.start(seed);
        toClose.push(payments::close);
        URI charges = behindRecorder(payments.uri(), new Recorder.Viewpoint(Bookshop.SERVICE, "OUT", PAYMENTS), har);
        Bookshop bookshop = Bookshop.start(seed, charges);
        toClose.push(bookshop::close);
        shop = behindRecorder(bookshop.uri(), new Recorder.Viewpoint(Bookshop.SERVICE, "IN", SHOP), har);
    }

    /** Starts it all; {@code seed} decides every id. */
    public static Site start(long seed) {
        return new Site(seed, Optional.empty());
    }

    /** Starts it all with recorders that write to {@code har}. */
    public static Site recorded(long seed, HarFile har) {
        return new Site(seed, Optional.of(har));
    }

    /** Where visitors go. */
    public URI shop() {
        return shop;
    }

    @Override
    public void close() {
        while (!toClose.isEmpty()) {
            toClose.pop().run();
        }
    }

    private URI behindRecorder(URI service, Recorder.Viewpoint viewpoint, Optional<HarFile> har) {
        return har.map(file -> {
                    Recorder recorder = Recorder.start(service, viewpoint, file);
                    toClose.push(recorder::close);
                    return recorder.uri();
                })
                .orElse(service);
    }
}
