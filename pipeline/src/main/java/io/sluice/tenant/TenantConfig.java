package io.sluice.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sluice.schemas.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The YAML file given with {@code --config}: root, key and policy of each tenant. */
public final class TenantConfig {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final List<String> TOP_KEYS = List.of("tenants");
    private static final List<String> TENANT_KEYS = List.of("root", "key", "policy");
    private static final String FILE = "file:";
    private static final String VARIABLE = "env:";

    private final JsonNode tenants;

    private TenantConfig(JsonNode tenants) {
        this.tenants = tenants;
    }

    /** A configuration, unless there were problems. */
    public record Reading(Optional<TenantConfig> config, List<String> problems) {}

    /** The configuration of a lake that needs none. */
    public static TenantConfig none() {
        return new TenantConfig(YAML.createObjectNode());
    }

    /** Reads a file and says everything that is wrong with it. */
    public static Reading read(Path file) {
        JsonNode document;
        try {
            document = YAML.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            return wrong(List.of("config file " + file + " is not YAML"
                    + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr())));
        } catch (IOException e) {
            return wrong(List.of("config file " + file + " cannot be read"));
        }
        List<String> problems = new ArrayList<>();
        unknown(document, "", TOP_KEYS, problems);
        document.path("tenants")
                .properties()
                .forEach(tenant ->
                        unknown(tenant.getValue(), "tenants." + tenant.getKey() + ".", TENANT_KEYS, problems));
        if (problems.isEmpty()) {
            try {
                Document.TENANT_CONFIG.check(document.toString());
            } catch (Document.Invalid e) {
                problems.add("config file " + file + ": " + e.getMessage());
            }
        }
        shared(document.path("tenants"), problems);
        return problems.isEmpty()
                ? new Reading(Optional.of(new TenantConfig(document.path("tenants"))), List.of())
                : wrong(problems);
    }

    /** The settings of one tenant, whose root lies below {@code lake} unless it has its own. */
    public TenantSettings settings(TenantName name, String lake) {
        TenantSettings settings = TenantSettings.below(lake, name);
        JsonNode given = tenants.path(name.value());
        if (given.has("root")) {
            settings = settings.withRoot(given.path("root").asText());
        }
        if (given.has("key")) {
            settings = settings.withKey(reference(given.path("key").asText()));
        }
        return given.has("policy") ? settings.withPolicy(given.path("policy").asText()) : settings;
    }

    private static KeyReference reference(String text) {
        return text.startsWith(VARIABLE)
                ? new KeyReference.Variable(text.substring(VARIABLE.length()))
                : new KeyReference.File(text.substring(FILE.length()));
    }

    private static void unknown(JsonNode node, String place, List<String> known, List<String> problems) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add("unknown key " + place + key + " in the config file" + DidYouMean.suggest(key, known));
            }
        });
    }

    /** A root within another would let one tenant's runs reach the other's data. */
    private static void shared(JsonNode tenants, List<String> problems) {
        tenants.properties()
                .forEach(one -> tenants.properties().forEach(other -> {
                    String outer = one.getValue().path("root").asText() + "/";
                    String inner = other.getValue().path("root").asText() + "/";
                    boolean first = one.getKey().compareTo(other.getKey()) < 0 || !outer.equals(inner);
                    if (first && outer.length() > 1 && !one.equals(other) && inner.startsWith(outer)) {
                        problems.add("tenants " + one.getKey() + " and " + other.getKey()
                                + " share a root in the config file");
                    }
                }));
    }

    private static Reading wrong(List<String> problems) {
        return new Reading(Optional.empty(), problems);
    }
}
