package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ops.ImportJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The files of imports, found by the import's id and a fixed name; links are not followed. */
public final class Downloads {

    private final Home home;
    private final ImportJson json;

    public Downloads(Home home, ImportJson json) {
        this.home = home;
        this.json = json;
    }

    /** What there is to download of an import. */
    List<Download> of(ImportRow row) {
        return Arrays.stream(Download.values())
                .filter(file -> isThere(row, file))
                .toList();
    }

    /** A receipt can always be made. */
    boolean isThere(ImportRow row, Download file) {
        return file == Download.RECEIPT || Files.isRegularFile(path(row, file), LinkOption.NOFOLLOW_LINKS);
    }

    InputStream open(ImportRow row, Download file) throws IOException {
        return Files.newInputStream(path(row, file), LinkOption.NOFOLLOW_LINKS);
    }

    private Path path(ImportRow row, Download file) {
        return home.root().resolve(json.folder(row)).resolve(file.file());
    }
}
