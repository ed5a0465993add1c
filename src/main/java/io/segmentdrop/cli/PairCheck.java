package io.segmentdrop.cli;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.check.CheckRules;
import io.segmentdrop.core.check.CsvCheck;
import io.segmentdrop.core.check.RulesOf;
import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.sidecar.OptionRules;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.core.sidecar.SidecarParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks one pair as the server would: name, sidecar, options, then every row. Writes nothing but progress. */
final class PairCheck {

    private final Question question;
    private final PrintWriter progress;

    PairCheck(Question question, PrintWriter progress) {
        this.question = question;
        this.progress = progress;
    }

    /** @throws IOException if a file cannot be read */
    Answer check() throws IOException {
        Problem name = Names.judge(SidecarFinder.entry(question.csv()));
        if (name != null) {
            return Answer.refused(question, null, List.of(name), List.of());
        }
        Path given = question.sidecar();
        Candidate found = given == null ? SidecarFinder.find(question.csv()) : SidecarFinder.alone(question.csv());
        return switch (found) {
            case Candidate.Pair pair ->
                withSidecar(question.csv().resolveSibling(pair.sidecar().name()));
            case Candidate.LoneCsv csv -> given == null ? withoutSidecar() : withSidecar(given);
            case Candidate.Ambiguous ambiguous -> refuse(ambiguous.code());
            case Candidate.Ignored ignored -> refuse(ignored.code());
            case Candidate.LoneSidecar sidecar -> throw new IllegalStateException("a CSV is no sidecar");
        };
    }

    private Answer refuse(Code code) {
        Problem problem = Problem.of(code, code.meaning() + "; " + code.remedy());
        return Answer.refused(question, null, List.of(problem), List.of());
    }

    private Answer withoutSidecar() throws IOException {
        progress.println("no sidecar: only the CSV is checked, for an import that does not clear");
        Options options = new Options(Settings.EMPTY, Map.of());
        return Answer.of(question, null, read(options, drop(Settings.EMPTY)), List.of());
    }

    private Answer withSidecar(Path sidecar) throws IOException {
        String name = Question.nameOf(sidecar);
        SidecarParser.Parsed parsed = SidecarParser.parse(bytes(sidecar), question.csvName());
        if (!parsed.problems().isEmpty()) {
            return Answer.refused(question, name, parsed.problems(), parsed.notes());
        }
        ConfiguredDrop drop = drop(parsed.settings());
        OptionRules.Resolved resolved = OptionRules.resolve(parsed.settings(), drop.policy(), drop.names());
        List<Problem> warnings = Stream.concat(parsed.notes().stream(), resolved.warnings().stream())
                .toList();
        return resolved.problems().isEmpty()
                ? Answer.of(question, name, read(resolved.options(), drop), warnings)
                : Answer.refused(question, name, resolved.problems(), warnings);
    }

    /** No more than is needed to see that it is too large. */
    private static byte[] bytes(Path sidecar) throws IOException {
        try (InputStream in = Files.newInputStream(sidecar)) {
            return in.readNBytes(SidecarParser.MAX_BYTES + 1);
        }
    }

    private ConfiguredDrop drop(Settings sidecar) {
        @Nullable ConfiguredDrop named = question.drop();
        return named == null ? ConfiguredDrop.permissive(sidecar) : named;
    }

    private CheckReport read(Options options, ConfiguredDrop drop) throws IOException {
        CheckRules rules = RulesOf.of(options, drop.policy(), drop.check());
        CsvCheck.Sinks nowhere =
                new CsvCheck.Sinks((from, to) -> OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        long size = Files.size(question.csv());
        try (InputStream in = new ProgressStream(Files.newInputStream(question.csv()), size, progress)) {
            return CsvCheck.check(in, size, rules, nowhere, Runnable::run);
        }
    }
}
