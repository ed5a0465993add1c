package io.segmentdrop.shell.ops.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.segmentdrop.core.split.Digests;
import io.segmentdrop.shell.ops.Roles;
import io.segmentdrop.shell.ops.Summary;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.web.csrf.CsrfToken;

/** Renders pages from the templates of {@code src/main/jte}, which are compiled into the jar and write text as text. */
public final class Pages {

    /** How often a page looks at what is live, in seconds. */
    static final int SLOW = 5;

    /** The same while something moves. */
    static final int FAST = 1;

    private static final List<String> ASSETS = List.of("page.css", "page.js");
    private static final int DIGITS = 12;

    private final TemplateEngine engine;
    private final Summary summary;
    private final InstantSource clock;
    private final String version;

    public Pages(Summary summary, InstantSource clock) {
        this.engine = TemplateEngine.createPrecompiled(
                null, ContentType.Html, Pages.class.getClassLoader(), "io.segmentdrop.shell.ops.page.html");
        this.summary = summary;
        this.clock = clock;
        this.version = version();
    }

    /** A new version makes browsers fetch what they otherwise keep. */
    private static String version() {
        try {
            MessageDigest digest = Digests.sha256();
            for (String name : ASSETS) {
                try (InputStream in = new ClassPathResource("static/assets/" + name).getInputStream()) {
                    digest.update(in.readAllBytes());
                }
            }
            return Digests.hex(digest).substring(0, DIGITS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The template of this name, without {@code .jte}, with its one parameter. */
    String render(String template, Object page) {
        StringOutput output = new StringOutput(16 * 1024);
        engine.render(template + ".jte", page, output);
        return output.toString();
    }

    /** The frame of a page for whoever asks for it. */
    Frame frame(HttpServletRequest request, String title, String section, int every) {
        long waiting = request.getUserPrincipal() == null
                ? 0
                : summary.at(clock.instant()).ours();
        return frame(request, title, section, every, waiting);
    }

    /** The same without asking the ledger, for a page that says what is wrong. */
    Frame bare(HttpServletRequest request, String title) {
        return frame(request, title, "", 0, 0);
    }

    private Frame frame(HttpServletRequest request, String title, String section, int every, long waiting) {
        Principal user = request.getUserPrincipal();
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return new Frame(
                title,
                section,
                user == null ? "" : user.getName(),
                request.isUserInRole(Roles.OPERATOR),
                token == null ? "_csrf" : token.getParameterName(),
                token == null ? "" : token.getToken(),
                waiting,
                every,
                version,
                clock.instant());
    }
}
