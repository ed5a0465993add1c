package io.segmentdrop.core.drop;

import io.segmentdrop.core.problem.Code;
import java.util.List;
import java.util.stream.Stream;

/**
 * What stands together in a drop. Each entry of a listing belongs to one candidate at most.
 *
 * <p>The names are not judged and the entries may be links or pipes: before one is used as a path, {@link Names#judge(Entry)}.
 */
public sealed interface Candidate {

    /** Its entries, the CSV first; never empty. */
    List<Entry> entries();

    /** The name of the CSV that it is about, for the receipt; of a lone sidecar, the name of the CSV that it waits for. */
    default String csvName() {
        return name();
    }

    /** The name under which it is known: its first entry's. */
    default String name() {
        return entries().getFirst().name();
    }

    /** A CSV and its sidecar. */
    record Pair(Entry csv, Entry sidecar) implements Candidate {

        @Override
        public List<Entry> entries() {
            return List.of(csv, sidecar);
        }
    }

    /**
     * Files of which nobody can say which belong together.
     *
     * @param csv the CSV, of several the first by name
     * @param others the other CSVs by name, then the sidecars by name
     * @param code {@code SIDE_AMBIGUOUS} or {@code NAME_UNICODE_AMBIGUOUS}
     */
    record Ambiguous(Entry csv, List<Entry> others, Code code) implements Candidate {

        public Ambiguous {
            others = List.copyOf(others);
        }

        @Override
        public List<Entry> entries() {
            return Stream.concat(Stream.of(csv), others.stream()).toList();
        }
    }

    /** A CSV without a sidecar. */
    record LoneCsv(Entry csv) implements Candidate {

        @Override
        public List<Entry> entries() {
            return List.of(csv);
        }
    }

    /** A sidecar, named as one, without its CSV. */
    record LoneSidecar(Entry sidecar) implements Candidate {

        @Override
        public List<Entry> entries() {
            return List.of(sidecar);
        }

        @Override
        public String csvName() {
            return Names.withoutExtension(name());
        }
    }

    /**
     * Never touched, only counted.
     *
     * @param code {@code NAME_IGNORED_TEMP}, {@code NAME_NOT_MATCHED}, {@code NAME_NOT_REGULAR_FILE} for a folder, or
     *     {@code NAME_PATH_TRAVERSAL} for a name that no folder can hold
     */
    record Ignored(Entry entry, Code code) implements Candidate {

        @Override
        public List<Entry> entries() {
            return List.of(entry);
        }
    }
}
