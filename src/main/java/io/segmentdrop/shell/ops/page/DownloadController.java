package io.segmentdrop.shell.ops.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ops.Acting;
import io.segmentdrop.shell.ops.ImportJson;
import io.segmentdrop.shell.ops.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.time.InstantSource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Files for operators. They hold personal data, so each download is an event that names the person. A browser is told to save
 * them and never to show them; no name in the answer is the partner's.
 */
@RestController
final class DownloadController {

    private final Acting acting;
    private final Browse browse;
    private final Downloads downloads;
    private final ImportJson json;
    private final Events events;
    private final ObjectMapper mapper;
    private final InstantSource clock;

    DownloadController(
            Acting acting,
            Browse browse,
            Downloads downloads,
            ImportJson json,
            Events events,
            ObjectMapper mapper,
            java.time.Clock clock) {
        this.acting = acting;
        this.browse = browse;
        this.downloads = downloads;
        this.json = json;
        this.events = events;
        this.mapper = mapper;
        this.clock = clock;
    }

    @GetMapping("/imports/{id}/files/{name}")
    ResponseEntity<Resource> download(@PathVariable String id, @PathVariable String name, Principal user)
            throws IOException {
        ImportRow row = acting.find(id);
        Download file = Download.of(name);
        if (file == null || !downloads.isThere(row, file)) {
            throw Refusal.unknown("a file of this import", name);
        }
        InputStream content = file == Download.RECEIPT ? receipt(row) : downloads.open(row, file);
        events.add(clock.instant(), id, row.dropName(), "downloaded", file.file(), user.getName());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(id + "-" + file.file())
                                .build()
                                .toString())
                .body(new InputStreamResource(content));
    }

    private InputStream receipt(ImportRow row) throws JsonProcessingException {
        return new ByteArrayInputStream(mapper.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(json.receipt(row, browse.chunks(row.id())).toMap()));
    }
}
