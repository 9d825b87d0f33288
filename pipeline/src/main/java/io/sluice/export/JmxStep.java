package io.sluice.export;

import io.sluice.dependency.Location;
import io.sluice.export.Jmx.Kind;
import io.sluice.scenario.Encoding;
import io.sluice.scenario.Scenario;
import io.sluice.scenario.Template;
import java.util.stream.Collectors;

/** One step of a scenario as a JMeter sampler with its headers, pause, extractions and expectation. */
final class JmxStep {
    private static final int EQUALS = 8;
    private static final int OR = 32;

    private final Jmx jmx;
    private final JmxValues values;
    private final Scenario.Step step;

    JmxStep(Jmx jmx, JmxValues values, Scenario.Step step) {
        this.jmx = jmx;
        this.values = values;
        this.step = step;
    }

    void write() {
        jmx.element(Kind.REQUEST, JmxText.line(step.name()), this::request, () -> {
            jmx.element(
                    Kind.HEADERS,
                    "Headers",
                    () -> jmx.list(
                            "HeaderManager.headers",
                            () -> step.request().headers().forEach(this::header)));
            if (!step.thinkTimeMs().isEmpty()) {
                jmx.element(Kind.PAUSE, "Think time", () -> jmx.text("ConstantTimer.delay", values.pause(step)));
            }
            step.extract().forEach(this::extraction);
            jmx.element(Kind.EXPECTATION, "Expected status", this::expectation);
        });
    }

    private void request() {
        Scenario.Request request = step.request();
        jmx.text("HTTPSampler.method", request.method());
        jmx.text("HTTPSampler.path", url(request));
        jmx.flag("HTTPSampler.follow_redirects", false);
        jmx.flag("HTTPSampler.auto_redirects", false);
        jmx.flag("HTTPSampler.use_keepalive", true);
        Scenario.Body body = request.body();
        if (body != null) {
            jmx.flag("HTTPSampler.postBodyRaw", true);
            String text = filled(body.text(), Encoding.NONE, Encoding.ofMediaType(body.mediaType()));
            jmx.part(
                    "HTTPsampler.Arguments",
                    "Arguments",
                    () -> jmx.list(
                            "Arguments.arguments",
                            () -> jmx.part("", "HTTPArgument", () -> {
                                jmx.flag("HTTPArgument.always_encode", false);
                                jmx.text("Argument.value", text);
                                jmx.text("Argument.metadata", "=");
                            })));
        }
    }

    private String url(Scenario.Request request) {
        String path = filled(request.path(), Encoding.NONE, Encoding.PATH);
        if (request.query().isEmpty()) {
            return path;
        }
        return request.query().stream()
                .map(parameter -> Encoding.FORM.encode(parameter.name()) + "="
                        + filled(parameter.value(), Encoding.FORM, Encoding.FORM))
                .collect(Collectors.joining("&", path + "?", ""));
    }

    private void header(Scenario.Parameter header) {
        jmx.part("", "Header", () -> {
            jmx.text("Header.name", header.name());
            jmx.text("Header.value", filled(header.value(), Encoding.NONE, Encoding.NONE));
        });
    }

    private String filled(Template template, Encoding ofText, Encoding ofPlaces) {
        return JmxText.of(template, ofText, variable -> values.place(variable, ofPlaces));
    }

    private void extraction(Scenario.Extraction extraction) {
        Location from = Location.parse(extraction.from());
        if (from.kind() == Location.Kind.JSON) {
            jmx.element(Kind.JSON_EXTRACTOR, extraction.variable(), () -> {
                jmx.text("JSONPostProcessor.referenceNames", extraction.variable());
                jmx.text("JSONPostProcessor.jsonPathExprs", from.toString());
                jmx.text("JSONPostProcessor.match_numbers", "1");
                jmx.text("JSONPostProcessor.defaultValues", "");
            });
        } else {
            jmx.element(Kind.REGEX_EXTRACTOR, extraction.variable(), () -> {
                jmx.text("RegexExtractor.useHeaders", "true");
                jmx.text("RegexExtractor.refname", extraction.variable());
                jmx.text("RegexExtractor.regex", inHeaders(from));
                jmx.text("RegexExtractor.template", "$1$");
                jmx.text("RegexExtractor.match_number", "1");
            });
        }
    }

    private static String inHeaders(Location from) {
        if (from.kind() == Location.Kind.COOKIE) {
            return "(?im)^set-cookie:\\s*" + quoted(from.name()) + "=([^;\\r\\n]*)";
        }
        String header = "(?im)^" + quoted(from.name()) + ":\\s*";
        if (from.keys().isEmpty()) {
            return header + "([^\\r\\n]*)";
        }
        int segment = ((Location.Index) from.keys().get(0)).at();
        return segment < 0
                ? header + "\\S*?/([^/?#\\s]*)" + "(?:/[^/?#\\s]*){" + (-segment - 1) + "}(?:[?#]\\S*)?\\s*$"
                : header + "(?:[a-z]+://[^/]*)?(?:/[^/?#\\s]*){" + segment + "}/([^/?#\\s]*)";
    }

    /** A name as a regular expression that matches just it; JMeter's engine knows no quotation marks. */
    private static String quoted(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "\\\\$0");
    }

    private void expectation() {
        jmx.texts(
                "Asserion.test_strings",
                step.expect().status().stream().map(String::valueOf).toList());
        jmx.text("Assertion.test_field", "Assertion.response_code");
        jmx.flag("Assertion.assume_success", true);
        jmx.number("Assertion.test_type", step.expect().status().size() == 1 ? EQUALS : EQUALS | OR);
    }
}
