package io.sluice.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One self-contained page: style, script and the model as JSON in one file that asks the network for nothing.
 *
 * <p>Captured text reaches the page only as JSON in a block that browsers do not run, and the script puts it on screen as
 * text. The content security policy admits the one script and the one style by their hashes and nothing else.
 */
public final class ReportPage {
    private static final List<String> STYLES =
            List.of("css/base.css", "css/charts.css", "css/sections.css", "css/print.css");
    private static final List<String> SCRIPTS = List.of(
            "js/dom.js",
            "js/format.js",
            "js/table.js",
            "js/header.js",
            "js/traffic.js",
            "js/endpoints.js",
            "js/layout.js",
            "js/graph.js",
            "js/behavior.js",
            "js/dependencies.js",
            "js/scenarios.js",
            "js/fidelity.js",
            "js/runs.js",
            "js/main.js");
    private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ReportPage() {}

    /** The page about {@code model}; the same model gives the same bytes. */
    public static String render(ReportModel model) {
        String style = joined(STYLES);
        String script = "(() => {\n\"use strict\";\n" + joined(SCRIPTS) + "})();\n";
        Map<String, String> slots =
                Map.of("policy", policy(style, script), "style", style, "data", inert(json(model)), "script", script);
        return SLOT.matcher(resource("report.html"))
                .replaceAll(slot -> Matcher.quoteReplacement(
                        Objects.requireNonNull(slots.get(slot.group(1)), () -> "no slot " + slot.group(1))));
    }

    /** The same JSON, in which nothing can end the script block that it stands in. */
    static String inert(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; style-src 'sha256-" + sha256(style) + "'; script-src 'sha256-" + sha256(script)
                + "'; base-uri 'none'; form-action 'none'; trusted-types 'none'; require-trusted-types-for 'script'";
    }

    private static String json(ReportModel model) {
        try {
            return JSON.writeValueAsString(model);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String joined(List<String> files) {
        return files.stream().map(ReportPage::resource).collect(Collectors.joining("\n"));
    }

    private static String resource(String file) {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
