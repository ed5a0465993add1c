package io.segmentdrop;

import io.segmentdrop.shell.config.DropSource;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.Replays;
import io.segmentdrop.shell.ops.DropJson;
import io.segmentdrop.shell.ops.ImportJson;
import io.segmentdrop.shell.ops.Replay;
import io.segmentdrop.shell.routes.Feeds;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the operations API needs beside the ledger; its controllers are found by themselves. */
@Configuration(proxyBeanMethods = false)
class OpsWiring {

    @Bean
    ImportJson importJson(Browse browse, Events events, Home home) {
        return new ImportJson(browse, events, home);
    }

    @Bean
    DropJson dropJson(SegmentDropProperties properties, DropBoard board, Feeds feeds) {
        Map<String, String> sources = new LinkedHashMap<>();
        properties.drops().forEach((name, drop) -> sources.put(name, from(drop.source())));
        return new DropJson(sources, board, feeds);
    }

    private static String from(DropSource source) {
        return switch (source) {
            case DropSource.Local local -> "file:" + local.folder();
            case DropSource.Sftp sftp ->
                "sftp://%s@%s:%d/%s".formatted(sftp.user(), sftp.host(), sftp.port(), sftp.path());
        };
    }

    @Bean
    Replay replay(Replays replays, Imports imports, ImportIds ids, Home home, Disk disk, Clock clock) {
        return new Replay(replays, imports, ids, home, disk, clock);
    }

    /** A replay that a kill cut off holds up its lane until it is undone. */
    @Bean
    CamelContextConfiguration undoReplaysBeforeCamelStarts(Replay replay) {
        return CamelStart.of(camel -> replay.recover());
    }
}
