package io.segmentdrop.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.split.PlannedChunk;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes an answer for a program, in the receipt's words; all beyond ASCII is escaped. */
final class AnswerJson {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private AnswerJson() {}

    /** One JSON object over several lines, without a line end. */
    static String of(Answer answer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
            write(answer, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(Answer answer, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", "segment-drop/check/1");
        json.writeStringField("verdict", answer.verdict().word());
        json.writeStringField("file", answer.file());
        json.writeStringField("sidecar", answer.sidecar());
        json.writeStringField("drop", answer.drop());
        json.writeStringField("sha256", answer.sha256());
        writeRows(answer, json);
        writeChunks(answer.chunks(), json);
        writeProblems("problems", answer.problems(), json);
        json.writeNumberField("problemsShown", answer.problems().size());
        json.writeNumberField("problemsTotal", answer.problemsTotal());
        writeProblems("warnings", answer.warnings(), json);
        json.writeEndObject();
    }

    private static void writeRows(Answer answer, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("rows");
        json.writeNumberField("read", answer.rowsRead());
        json.writeNumberField("planned", answer.rowsPlanned());
        json.writeNumberField("rejected", answer.rowsRejected());
        json.writeEndObject();
    }

    private static void writeChunks(List<PlannedChunk> chunks, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("chunks");
        for (PlannedChunk chunk : chunks) {
            json.writeStartObject();
            json.writeNumberField("number", chunk.number());
            json.writeNumberField("rows", chunk.rows());
            json.writeNumberField("bytes", chunk.length());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeProblems(String name, List<Problem> problems, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Problem problem : problems) {
            json.writeStartObject();
            json.writeStringField("code", problem.code().name());
            if (problem.line() > 0) {
                json.writeNumberField("line", problem.line());
            }
            if (problem.column() != null) {
                json.writeStringField("column", problem.column());
            }
            json.writeStringField("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
