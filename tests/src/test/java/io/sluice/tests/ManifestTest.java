package io.sluice.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.sluice.jobs.JobsMain;
import io.sluice.tenant.KeyReference;
import io.sluice.tenant.TenantConfig;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.ParseResult;

/** The manifests for the Spark operator: its own schemas accept them, and our command line their arguments. */
final class ManifestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Checkout.root().resolve("spark-operator");

    static Stream<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("tenants.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void isAcceptedByTheOperatorsSchema(Path manifest) throws IOException {
        JsonNode document = yaml(manifest);
        assertThat(operatorSchema(document).validate(document)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void itsPodTemplatesUseKnownFields(Path manifest) throws IOException {
        JsonNode document = yaml(manifest);
        JsonNode application = applicationSchema(document);
        for (String role : List.of("driver", "executor")) {
            JsonNode pod = application(document).at("/" + role + "/template/spec");
            assertThat(Set.of("automountServiceAccountToken", "securityContext", "containers", "volumes"))
                    .containsAll(names(pod));
            JsonNode known = application.at("/properties/" + role + "/properties");
            assertThat(validate(known.get("podSecurityContext"), pod.get("securityContext")))
                    .isEmpty();
            for (JsonNode container : pod.get("containers")) {
                assertThat(validate(known.at("/sidecars/items"), container)).isEmpty();
            }
            for (JsonNode volume : pod.get("volumes")) {
                assertThat(validate(application.at("/properties/volumes/items"), volume))
                        .isEmpty();
            }
        }
    }

    @Test
    void aFieldThatTheOperatorDoesNotKnowIsRefused() throws IOException {
        JsonNode document = yaml(FOLDER.resolve("ingest.yaml"));
        ((ObjectNode) document.at("/spec/driver")).put("coreLimits", "1");
        assertThat(operatorSchema(document).validate(document))
                .extracting(ValidationMessage::getMessage)
                .singleElement()
                .asString()
                .contains("coreLimits");
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void itsArgumentsAreUnderstood(Path manifest) throws IOException {
        JsonNode application = application(yaml(manifest));
        assertThat(application.get("mainClass").asText()).isEqualTo(JobsMain.class.getName());
        String[] arguments = strings(application.get("arguments")).toArray(String[]::new);
        ParseResult parsed = JobsMain.commandLine().parseArgs(arguments);
        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.subcommand().errors()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void noSecretStandsInArgumentsEnvironmentOrSettings(Path manifest) throws IOException {
        JsonNode application = application(yaml(manifest));
        String visible = application.get("arguments").toString()
                + application.get("sparkConf")
                + application.at("/driver/env")
                + application.at("/executor/env");
        assertThat(visible.toLowerCase(Locale.ROOT)).doesNotContain("secret.key", "password", "token=");
        assertThat(application.at("/driver/template/spec/volumes").toString()).contains("\"secret\"");
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void runsNeitherAsRootNorWithPrivileges(Path manifest) throws IOException {
        for (String role : List.of("driver", "executor")) {
            JsonNode pod = application(yaml(manifest)).at("/" + role + "/template/spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.get("containers")).allSatisfy(container -> {
                assertThat(container.at("/securityContext/allowPrivilegeEscalation"))
                        .hasToString("false");
                assertThat(container.at("/securityContext/readOnlyRootFilesystem"))
                        .hasToString("true");
                assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                        .isEqualTo("ALL");
                assertThat(container.get("name").asText()).isEqualTo("spark-kubernetes-" + role);
            });
        }
    }

    @Test
    void itsTenantsAreReadByOurConfiguration(@TempDir Path folder) throws IOException {
        JsonNode tenants = yaml(FOLDER.resolve("tenants.yaml")).at("/data/tenants.yaml");
        TenantConfig.Reading reading = TenantConfig.read(Files.writeString(folder.resolve("t.yaml"), tenants.asText()));
        assertThat(reading.problems()).isEmpty();
        TenantSettings settings = reading.config().orElseThrow().settings(new TenantName("acme"), "./lake");
        assertThat(settings.root()).startsWith("s3a://");
        assertThat(settings.key()).isEqualTo(new KeyReference.File("/etc/sluice/key/tenant.key"));
    }

    private static JsonNode application(JsonNode document) {
        return isScheduled(document) ? document.at("/spec/template") : document.get("spec");
    }

    private static boolean isScheduled(JsonNode document) {
        return document.get("kind").asText().equals("ScheduledSparkApplication");
    }

    private static JsonSchema operatorSchema(JsonNode document) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(crd(document));
    }

    private static JsonNode applicationSchema(JsonNode document) throws IOException {
        JsonNode spec = crd(document).at("/properties/spec");
        return isScheduled(document) ? spec.at("/properties/template") : spec;
    }

    /** The schema of the document's kind; fields that it does not name are refused, as Kubernetes would drop them. */
    private static JsonNode crd(JsonNode document) throws IOException {
        String plural = document.get("kind").asText().toLowerCase(Locale.ROOT) + "s";
        Optional<Path> folder = Checkout.recorded("crds");
        assumeTrue(folder.isPresent(), "the schemas of the Spark operator do not lie beside the checkout");
        JsonNode definition = yaml(folder.orElseThrow().resolve("sparkoperator.k8s.io_" + plural + ".yaml"));
        JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
        refuseUnknown(schema);
        return schema;
    }

    private static void refuseUnknown(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.get("properties") instanceof ObjectNode
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(ManifestTest::refuseUnknown);
    }

    private static Set<ValidationMessage> validate(JsonNode schema, JsonNode value) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(value);
    }

    private static JsonNode yaml(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(50);
        try (var reader = Files.newBufferedReader(file)) {
            Object loaded = new Yaml(options).load(reader);
            return JSON.valueToTree(loaded);
        }
    }

    private static List<String> names(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .toList();
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
