package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Holds README.md to the commands; {@code mvn -pl jobs -am test -Dgolden.update} writes it anew. */
class CommandPageTest {
    private static final Path PAGE = Path.of("README.md");
    private static final Set<String> EVERYWHERE = Set.of("--help", "--version");

    @Test
    void pageSaysWhatCanBeRun() throws IOException {
        String page = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page).as("README.md; rewrite it with -Dgolden.update").isEqualTo(Files.readString(PAGE));
    }

    private static String page() {
        CommandLine program = JobsMain.commandLine();
        CommandSpec common = CommandSpec.forAnnotatedObject(new CommonOptions());
        Set<String> shared = new TreeSet<>(EVERYWHERE);
        common.options().forEach(option -> shared.add(option.longestName()));
        List<String> lines = new ArrayList<>(List.of(
                "# What can be run",
                "",
                "Generated from the commands of this module; do not edit. After a change:",
                "`./mvnw -pl jobs -am test -Dtest=CommandPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update`.",
                "",
                "`./sluice <command> ...` on one machine, or on a cluster",
                "`spark-submit --class io.sluice.jobs.JobsMain sluice-jobs.jar <command> ...`, with the same arguments.",
                "Standard output gets one JSON document, which is described in `schemas/`; progress and problems go to",
                "standard error.",
                "",
                "| exit code | means |",
                "|---|---|",
                "| 0 | done |",
                "| 1 | failed, trying again may help |",
                "| 2 | wrong options or settings |",
                "| 3 | refused, trying again will not help |",
                "| 4 | done in part; the result says what is not |",
                "",
                "| command | does |",
                "|---|---|"));
        program.getSubcommands()
                .forEach((name, command) -> lines.add("| [" + name + "](#" + name + ") | "
                        + command.getCommandSpec().usageMessage().description()[0] + " |"));
        lines.addAll(List.of("", "## Options of every job", ""));
        lines.addAll(options(common.options()));
        program.getSubcommands().values().forEach(command -> lines.addAll(section(command.getCommandSpec(), shared)));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> section(CommandSpec command, Set<String> shared) {
        List<String> lines = new ArrayList<>(List.of("", "## " + command.name(), ""));
        lines.addAll(List.of(command.usageMessage().description()));
        if (command.userObject() instanceof Job<?, ?> job) {
            lines.add("");
            lines.add("Reads " + tables(job.reads()) + ". Writes " + tables(job.writes()) + ".");
        }
        List<OptionSpec> own = command.options().stream()
                .filter(option -> !shared.contains(option.longestName()))
                .toList();
        if (!own.isEmpty() || !command.positionalParameters().isEmpty()) {
            lines.add("");
            lines.addAll(options(own));
            for (PositionalParamSpec parameter : command.positionalParameters()) {
                lines.add(row(
                        parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : ""), parameter.description()));
            }
        }
        return lines;
    }

    private static List<String> options(List<OptionSpec> options) {
        List<String> lines = new ArrayList<>(List.of("| option | means |", "|---|---|"));
        options.stream()
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .filter(option -> !option.hidden())
                .forEach(option -> lines.add(row(
                        option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel()),
                        option.description())));
        return lines;
    }

    private static String row(String name, String[] description) {
        return "| `" + name + "` | "
                + String.join(" ", description).replace("|", "\\|").replace("<", "&lt;") + " |";
    }

    private static String tables(List<io.sluice.schemas.TableSpec> tables) {
        return tables.isEmpty()
                ? "no table"
                : "`"
                        + String.join(
                                "`, `",
                                tables.stream().map(table -> table.name()).toList()) + "`";
    }
}
