package io.segmentdrop.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an account would hold after the imports so far. A segment exists from the first import into it, or from its
 * creation. Threads may share it; an import is applied whole or not at all.
 *
 * <p>Rows are applied in their order and a later row of an address replaces an earlier one; addresses are compared as
 * written.
 */
public final class Account {

    /** What a segment is for. */
    public enum Kind {
        NORMAL,
        SUPPRESSION
    }

    /**
     * A segment.
     *
     * @param suppression its hash type, none included; null for a normal segment
     */
    public record Segment(
            long id,
            String name,
            String description,
            String type,
            @Nullable String suppression) {

        Kind kind() {
            return suppression == null ? Kind.NORMAL : Kind.SUPPRESSION;
        }
    }

    /**
     * One import that took effect.
     *
     * @param sha256 of its CSV
     */
    public record Applied(long segment, boolean clear, long rows, String sha256) {}

    private static final long FIRST_CREATED = 200_001;

    private static final class Content {
        private final SequencedMap<String, Map<String, String>> members = new LinkedHashMap<>();
        private long counted;

        long size() {
            return members.size() + counted;
        }
    }

    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private final Map<Long, Content> contents = new TreeMap<>();
    private final List<Applied> applied = new ArrayList<>();
    private long created;
    private long efforts;
    private long texts;

    /** Puts a segment in place, as a person would have before. */
    public synchronized void define(Segment segment) {
        segments.put(segment.id(), segment);
        contents.putIfAbsent(segment.id(), new Content());
    }

    /** Creates a segment under a new id. */
    synchronized Segment create(String name, String description, String type, @Nullable String suppression) {
        Segment segment = new Segment(FIRST_CREATED + created++, name, description, type, suppression);
        define(segment);
        return segment;
    }

    /** Every segment, by id. */
    public synchronized List<Segment> segments() {
        return List.copyOf(segments.values());
    }

    public synchronized Optional<Segment> segment(long id) {
        return Optional.ofNullable(segments.get(id));
    }

    /** The members of a segment: columns by address, in the order in which they joined. */
    public SequencedMap<String, Map<String, String>> members(long segment) {
        return members(segment, Integer.MAX_VALUE);
    }

    /** The first members of a segment; empty where rows are only counted. */
    public synchronized SequencedMap<String, Map<String, String>> members(long segment, int most) {
        SequencedMap<String, Map<String, String>> first = new LinkedHashMap<>();
        content(segment).members.entrySet().stream()
                .limit(most)
                .forEach(member -> first.put(member.getKey(), member.getValue()));
        return first;
    }

    /** How many members a segment has; where rows are only counted, how many rows came since it was last emptied. */
    public synchronized long size(long segment) {
        return content(segment).size();
    }

    /** The imports that took effect, in their order. */
    public synchronized List<Applied> applied() {
        return List.copyOf(applied);
    }

    /** The imports of one segment that took effect, in their order. */
    public synchronized List<Applied> applied(long segment) {
        return applied.stream().filter(one -> one.segment() == segment).toList();
    }

    /** Campaign efforts created: one for each import with a status and a campaign. */
    public synchronized long efforts() {
        return efforts;
    }

    /** Texts sent: one for each row of an import that asks for confirmation by text. */
    public synchronized long texts() {
        return texts;
    }

    /** Forgets everything. */
    public synchronized void reset() {
        segments.clear();
        contents.clear();
        applied.clear();
        created = 0;
        efforts = 0;
        texts = 0;
    }

    synchronized Kind kind(long segment) {
        return segment(segment).map(Segment::kind).orElse(Kind.NORMAL);
    }

    /** Applies an import that no rule refuses. */
    synchronized void apply(long segment, ImportForm form) {
        Upload file = Objects.requireNonNull(form.file());
        segments.computeIfAbsent(segment, id -> new Segment(id, "Segment " + id, "", "static", null));
        Content content = contents.computeIfAbsent(segment, id -> new Content());
        boolean clear = form.says("clear");
        if (clear) {
            content.members.clear();
            content.counted = 0;
        }
        file.rows().forEach(row -> content.members.put(row.getFirst(), columns(file.header(), row)));
        content.counted += file.count() - file.rows().size();
        applied.add(new Applied(segment, clear, file.count(), file.sha256()));
        count(form, file.count());
    }

    private void count(ImportForm form, long rows) {
        if (ImportRules.status(form).isPresent() && form.field("sourceCampaign").isPresent()) {
            efforts++;
        }
        if (form.says(ImportRules.SEND_SMS_CONFIRMATION)) {
            texts += rows;
        }
    }

    private Content content(long segment) {
        return contents.getOrDefault(segment, new Content());
    }

    private static Map<String, String> columns(List<String> header, List<String> row) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 1; i < header.size(); i++) {
            columns.put(header.get(i), row.get(i));
        }
        return Collections.unmodifiableMap(columns);
    }
}
