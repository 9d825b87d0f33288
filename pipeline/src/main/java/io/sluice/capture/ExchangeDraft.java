package io.sluice.capture;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exchange while a reader collects its parts, and the rules by which every format completes it. */
final class ExchangeDraft {
    private static final int SWITCHING_PROTOCOLS = 101;

    final MessageDraft request = new MessageDraft();
    final MessageDraft response = new MessageDraft();
    final Set<String> flags = new LinkedHashSet<>();

    @Nullable
    String timestamp;

    @Nullable
    Long durationMicros;

    @Nullable
    String direction;

    @Nullable
    String service;

    @Nullable
    String captureId;

    @Nullable
    String clientAddress;

    @Nullable
    String connectionId;

    @Nullable
    String method;

    @Nullable
    String url;

    @Nullable
    String scheme;

    /** Host and port, used where neither the URL nor the headers name them. */
    @Nullable
    String authority;

    @Nullable
    String httpVersion;

    @Nullable
    Integer status;

    /** Checks what was collected and derives the rest. */
    CapturedExchange complete(CaptureSource source, CaptureFormat format, long position) throws RejectedException {
        String verb = method;
        String address = url;
        if (verb == null || verb.isBlank() || address == null) {
            throw new RejectedException(
                    RejectReason.MISSING_REQUEST, "The exchange has no request with a method and a URL");
        }
        long micros = CaptureTime.micros(timestamp);
        RequestTarget target = target(address);
        if (target.hadCredentials()) {
            flags.add("url_credentials_dropped");
        }
        Integer answered = status != null && status > 0 ? status : null;
        if (answered == null) {
            flags.add("missing_response");
        }
        if (isUnpacked()) {
            flags.add("body_decoded");
        }
        List<Header> headers = request.headers();
        String requestMediaType = request.mediaType();
        return new CapturedExchange(
                micros,
                durationMicros != null && durationMicros >= 0 ? durationMicros : null,
                serviceOf(source, target),
                "OUT".equalsIgnoreCase(direction) ? Direction.OUT : Direction.IN,
                protocol(target, requestMediaType, answered),
                new CapturedRequest(
                        verb.strip(), target, version(httpVersion), headers, request.body(flags), requestMediaType),
                new CapturedResponse(answered, response.headers(), response.body(flags), response.mediaType()),
                new Origin(
                        captureId,
                        clientAddress,
                        connectionId,
                        TraceContext.of(headers),
                        format,
                        source.object(),
                        position),
                List.copyOf(flags));
    }

    /** Whether there are bodies that were packed to be sent, and the recorder has unpacked them all. */
    private boolean isUnpacked() {
        boolean claimed = request.claimsPacking() || response.claimsPacking();
        return claimed
                && (!request.claimsPacking() || request.isUnpacked())
                && (!response.claimsPacking() || response.isUnpacked());
    }

    private RequestTarget target(String address) {
        RequestTarget target = RequestTarget.parse(address);
        if (target.host() == null) {
            String named = firstNonBlank(request.header(":authority"), request.header("host"), authority);
            target = named == null ? target : target.withAuthority(named);
        }
        if (target.scheme() == null) {
            String known = firstNonBlank(scheme, request.header(":scheme"));
            target = known == null ? target : target.withScheme(known.toLowerCase(Locale.ROOT));
        }
        return target.withDefaultPort();
    }

    private String serviceOf(CaptureSource source, RequestTarget target) {
        String named = firstNonBlank(source.service(), service, target.host());
        return named == null ? "unknown" : named;
    }

    private String protocol(RequestTarget target, @Nullable String mediaType, @Nullable Integer answered) {
        boolean webSocketScheme = "ws".equals(target.scheme()) || "wss".equals(target.scheme());
        boolean upgraded = answered != null
                && answered == SWITCHING_PROTOCOLS
                && "websocket".equalsIgnoreCase(request.header("upgrade"));
        if (webSocketScheme || upgraded) {
            return "websocket";
        }
        if (mediaType != null && mediaType.startsWith("application/grpc")) {
            return "grpc";
        }
        boolean graphqlPath = target.path().endsWith("/graphql");
        return graphqlPath || "application/graphql".equals(mediaType) ? "graphql" : "http";
    }

    /** {@code HTTP/1.1} -> {@code 1.1}, {@code h2} and {@code http/2.0} -> {@code 2}, {@code h3} -> {@code 3}. */
    private static @Nullable String version(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return null;
        }
        String version = written.strip().toLowerCase(Locale.ROOT);
        version = version.startsWith("http/") ? version.substring("http/".length()) : version;
        return switch (version) {
            case "2.0", "h2", "h2c", "spdy" -> "2";
            case "3.0", "h3", "quic" -> "3";
            case "1" -> "1.0";
            case "unknown" -> null;
            default -> version;
        };
    }

    private static @Nullable String firstNonBlank(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        return null;
    }
}
