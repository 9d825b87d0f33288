package io.sluice.scenario;

import io.sluice.capture.Body;
import io.sluice.capture.CaptureSink;
import io.sluice.capture.CapturedExchange;
import io.sluice.capture.CapturedRequest;
import io.sluice.capture.Direction;
import io.sluice.capture.Rejected;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the incoming requests of a capture again word for word, and compares each status with the captured one: what
 * scenarios have to be better than.
 */
public final class VerbatimPlayer implements CaptureSink {
    private final Wire wire;
    private final ReplayTally tally;

    /** Counts into {@code tally} what it plays against the base of {@code settings}; think times are left out. */
    public VerbatimPlayer(ScenarioPlayer.Settings settings, ReplayTally tally) {
        this.wire = new Wire(settings.base(), settings.patience());
        this.tally = tally;
    }

    @Override
    public void exchange(CapturedExchange exchange) throws IOException {
        Integer status = exchange.response().status();
        if (exchange.direction() != Direction.IN || status == null) {
            return;
        }
        CapturedRequest request = exchange.request();
        int index = (int) tally.steps();
        try {
            Optional<HttpResponse<byte[]>> response = wire.send(message(request));
            tally.add(response.map(answer ->
                            PlayedStep.answered(index, request.method(), answer.statusCode(), List.of(status)))
                    .orElseGet(() -> PlayedStep.unanswered(index, request.method(), List.of(status))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the replay was interrupted");
        }
    }

    @Override
    public void reject(Rejected rejected) {
        // What is no exchange cannot be sent.
    }

    private static Wire.Message message(CapturedRequest request) {
        String query = request.target().query();
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        request.headers().forEach(header -> headers.add(Map.entry(header.name(), header.value())));
        Body body = request.body();
        BodyPublisher content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.bytes());
        String path = request.target().path();
        return new Wire.Message(request.method(), query == null ? path : path + "?" + query, headers, content);
    }
}
