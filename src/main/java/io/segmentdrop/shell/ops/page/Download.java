package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.files.Home;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The files of an import that an operator may take away. */
public enum Download {
    SOURCE(Home.SOURCE, "the CSV as it came"),
    SIDECAR(Home.SIDECAR, "the sidecar as it came"),
    CLEAN(Home.CLEAN, "the rows as they are sent, if they had to be changed"),
    REJECTS(Home.REJECTS, "the rows that were refused, with the reasons"),
    REASON(Home.REASON, "why it is a dead letter"),
    RECEIPT("receipt.json", "what the partner is told");

    private final String file;
    private final String words;

    Download(String file, String words) {
        this.file = file;
        this.words = words;
    }

    /** Its name in custody, and the end of its name when it is downloaded. */
    public String file() {
        return file;
    }

    public String words() {
        return words;
    }

    /** The one of this name, or null. */
    static @Nullable Download of(String file) {
        return Arrays.stream(values())
                .filter(download -> download.file.equals(file))
                .findFirst()
                .orElse(null);
    }
}
