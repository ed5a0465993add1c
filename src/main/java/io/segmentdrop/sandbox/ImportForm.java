package io.segmentdrop.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of one import, as it came.
 *
 * @param fields values by the field's name as it stood on the wire, brackets included, in the order in which they came
 * @param file the CSV; null if there was none
 */
public record ImportForm(
        Map<String, List<String>> fields, @Nullable Upload file) {

    static final ImportForm NONE = new ImportForm(Map.of(), null);

    private static final int MAX_VALUE = 64 * 1024;

    public ImportForm {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The first value of a field. */
    public Optional<String> field(String name) {
        return fields.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Whether a field says 1. */
    boolean says(String name) {
        return field(name).equals(Optional.of("1"));
    }

    /**
     * Reads a whole body.
     *
     * @throws ProtocolException if it is no strict multipart/form-data
     * @throws java.io.EOFException if it ends before its last boundary
     */
    static ImportForm read(InputStream body, String boundary, Members members) throws IOException {
        MultipartReader reader = new MultipartReader(body, boundary);
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Upload file = null;
        for (MultipartReader.Part part = reader.next(); part != null; part = reader.next()) {
            if (part.fileName() == null) {
                fields.computeIfAbsent(part.name(), name -> new ArrayList<>()).add(value(part));
            } else if (file != null || !part.name().equals("file")) {
                throw new ProtocolException("expected one file, in the part named file");
            } else {
                file = Upload.read(part.fileName(), part.type(), part.content(), members);
            }
        }
        return new ImportForm(fields, file);
    }

    private static String value(MultipartReader.Part part) throws IOException {
        byte[] value = part.content().readNBytes(MAX_VALUE + 1);
        if (value.length > MAX_VALUE) {
            throw new ProtocolException("expected a field of at most " + MAX_VALUE + " bytes");
        }
        return new String(value, StandardCharsets.UTF_8);
    }
}
