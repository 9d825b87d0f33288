package io.sluice.jobs;

import io.sluice.lineage.Run;
import io.sluice.tenant.TenantSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Takes one command line apart, reports everything that is wrong with it at once, and has the command run. */
final class CommandDoor {
    private static final String COMMON = "common";
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final Console console;

    CommandDoor(Clock clock, Console console) {
        this.clock = clock;
        this.console = console;
    }

    int enter(String... args) {
        CommandLine program = program();
        ParseResult parsed = program.parseArgs(args);
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        List<String> problems = new ArrayList<>();
        parsed.errors().forEach(error -> problems.add(said(error)));
        ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        if (command != parsed) {
            command.errors().forEach(error -> problems.add(said(error)));
        } else if (problems.isEmpty()) {
            problems.add("a command is missing: one of "
                    + String.join(", ", program.getSubcommands().keySet()));
        }
        Object chosen = command.commandSpec().userObject();
        Optional<Program> withoutTenant = chosen instanceof Job<?, ?> job ? job.withoutTenant() : Optional.empty();
        if (chosen instanceof Job<?, ?> job && withoutTenant.isEmpty()) {
            return run(job, command.commandSpec(), problems);
        }
        if (chosen instanceof Job<?, ?> job) {
            problems.addAll(job.problems());
        }
        if (!problems.isEmpty()) {
            return refuse(command.commandSpec(), problems);
        }
        return withoutTenant.orElseGet(() -> (Program) chosen).run(console);
    }

    /** The command line with all commands, each job among them with the common options. */
    CommandLine program() {
        CommandLine program = new CommandLine(new JobsMain.Root());
        for (Object command : JobsMain.commands()) {
            CommandLine sub = new CommandLine(command);
            if (command instanceof Job) {
                sub.addMixin(COMMON, new CommonOptions());
            }
            sub.getCommandSpec().mixinStandardHelpOptions(true);
            sub.getCommandSpec().parser().collectErrors(true);
            program.addSubcommand(sub);
        }
        program.getCommandSpec().parser().collectErrors(true);
        program.setOut(new java.io.PrintWriter(console.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        return program;
    }

    private <P extends Record, R extends Record> int run(Job<P, R> job, CommandSpec spec, List<String> problems) {
        CommonOptions common = (CommonOptions)
                Objects.requireNonNull(spec.mixins().get(COMMON)).userObject();
        Optional<TenantSettings> tenant = problems.isEmpty() ? common.settings(problems) : Optional.empty();
        problems.addAll(job.problems());
        if (!problems.isEmpty() || tenant.isEmpty()) {
            return refuse(spec, problems);
        }
        Instant now = clock.instant();
        Run run = new Run(common.runId().orElseGet(() -> newRunId(now)), spec.name(), Release.VERSION, now);
        return new JobRunner(clock, console).run(new JobRunner.Order<>(job, tenant.get(), run, common.planOnly()));
    }

    private int refuse(CommandSpec spec, List<String> problems) {
        problems.forEach(problem -> console.err().println(spec.qualifiedName() + ": " + problem));
        console.err().println("Try '" + spec.qualifiedName() + " --help'.");
        return ExitCode.SETTINGS;
    }

    private static String said(Exception error) {
        String problem = String.valueOf(error.getMessage());
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            problem += ". Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        return problem;
    }

    /** A new id that sorts by time, e.g. {@code 20261123-090000-5f3a9c21}. */
    private static String newRunId(Instant now) {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return RUN_TIME.format(now) + "-" + HexFormat.of().formatHex(random);
    }
}
