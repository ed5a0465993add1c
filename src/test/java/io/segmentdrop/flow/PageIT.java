package io.segmentdrop.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.segmentdrop.testkit.Browser;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of operations in a real browser, before the real jar. */
@NeedsProgram({Browser.CHROMIUM, Browser.DRIVER})
class PageIT {

    private static final String HOSTILE = "<img src=x onerror=document.title=1>.csv";
    private static final long ACCEPTED = 1;
    private static final long STEP_BY_STEP = 2;
    private static final long REFUSED_AT_FIRST = 3;
    private static final long MISSING_AT_FIRST = 4;
    private static final long ELSEWHERE = 99;

    @TempDir
    static Path folder;

    private static HttpServer api;
    private static Server server;
    private static Browser browser;

    private static final Semaphore STEPS = new Semaphore(0);
    private static volatile boolean mended;

    @BeforeAll
    static void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        api.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        api.createContext("/", PageIT::answer);
        api.start();
        server = Server.start(Server.Setup.of(
                        folder,
                        URI.create("http://127.0.0.1:" + api.getAddress().getPort()))
                .drop("acme", "[{id: 1}, {id: 2}, {id: 3}, {id: 4}]")
                .drop("quiet", "[{id: 1}]")
                .with("segment-drop.split.max-rows", "5")
                .with("segment-drop.ops.users.vera.password", "vera"));
        browser = Browser.start(server.uri(), folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        STEPS.release(100);
        browser.close();
        server.close();
        api.stop(0);
    }

    @AfterEach
    void nothing_was_refused_by_the_policy_and_no_script_failed() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            int status = path.contains("/" + REFUSED_AT_FIRST + "/") && !mended
                    ? 422
                    : path.contains("/" + MISSING_AT_FIRST + "/") && !mended ? 404 : 201;
            if (path.contains("/" + STEP_BY_STEP + "/")) {
                STEPS.acquireUninterruptibly();
            }
            byte[] body = ("{\"error\":" + (status != 201) + ",\"data\":[],\"message\":\"about ann@example.com\"}")
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Drops a pair and waits until its import is in this state; answers its id. */
    private static String drop(String name, long segment, int rows, String state) {
        String csv = Dropper.csv(name.replaceAll("\\W", ""), rows);
        new Dropper(server.drop("acme")).pair(name, csv, Dropper.proving(segment, csv));
        return await().atMost(Duration.ofSeconds(20)).until(() -> id(name, state), id -> !id.isEmpty());
    }

    private static String id(String name, String state) {
        for (JsonNode found : server.json("/api/imports?state=" + state).path("imports")) {
            if (found.path("file").asText().equals(name)) {
                return found.path("import").asText();
            }
        }
        return "";
    }

    private static Browser signedIn() {
        return browser.open("/").path().equals("/login") ? browser.signIn("ops", Server.PASSWORD) : browser;
    }

    @Test
    void a_person_signs_in_and_out() {
        signedIn().open("/").press("Sign out");
        assertThat(browser.path()).isEqualTo("/login?logout");
        assertThat(browser.text()).contains("You are signed out");

        browser.open("/imports?state=held");
        assertThat(browser.path()).isEqualTo("/login");
        browser.signIn("ops", Server.PASSWORD);

        assertThat(browser.path()).isEqualTo("/imports?state=held");
    }

    @Test
    void the_bar_moves_by_itself_while_chunks_are_accepted() {
        String id = drop("moves.csv", STEP_BY_STEP, 20, "waiting");
        signedIn().open("/imports/" + id);
        assertThat(Integer.parseInt(browser.find("#state progress").getAttribute("value")))
                .isLessThan(25);

        STEPS.release();
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(browser.texts("#state .bar"))
                        .singleElement()
                        .asString()
                        .contains("1 of 4 chunks", "5 of 20 rows"));
        STEPS.release(3);

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(browser.texts("#state .pill")).containsExactly("delivered"));
        assertThat(browser.text()).contains("chunk 4 accepted", "HTTP 201").doesNotContain("ann@example.com");
    }

    @Test
    void nothing_is_asked_while_nobody_looks() {
        signedIn().open("/");
        browser.script("""
            document.body.dataset.every = '0.2';
            Object.defineProperty(document, 'hidden', {value: false, configurable: true});
            document.dispatchEvent(new Event('visibilitychange'));
            return true\
            """);
        await().atMost(Duration.ofSeconds(10)).until(() -> looks() > 0);

        browser.script("""
            Object.defineProperty(document, 'hidden', {value: true, configurable: true});
            document.dispatchEvent(new Event('visibilitychange'));
            return true\
            """);
        long before = looks() + 1;

        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(5)).until(() -> looks() <= before);
    }

    private static long looks() {
        return (Long) browser.script(
                "return performance.getEntriesByType('resource').filter(e => e.initiatorType === 'fetch').length");
    }

    @Test
    void a_filter_stands_in_the_address() {
        drop("found-me.csv", ACCEPTED, 1, "delivered");
        drop("found-too.csv", ACCEPTED, 1, "delivered");
        signedIn().open("/imports");

        browser.find("[name=q]").sendKeys("FOUND-M");
        browser.press("Search");
        assertThat(browser.texts("tbody a.file")).containsExactly("found-me.csv");
        browser.click(".chips a[href*=\"state=delivered\"]");
        assertThat(browser.path()).contains("state=delivered").contains("q=FOUND-M");
        assertThat(browser.texts("tbody a.file")).containsExactly("found-me.csv");
        browser.click(".chips a[href*=\"state=held\"]");

        assertThat(browser.text()).contains("No import is like that");
    }

    @Test
    void a_held_import_is_released_and_a_dead_letter_replayed_once() {
        String held = drop("held.csv", MISSING_AT_FIRST, 1, "held");
        String dead = drop("dead.csv", REFUSED_AT_FIRST, 7, "undeliverable");
        signedIn().open("/attention");
        assertThat(browser.text()).contains("The API does not know this segment.", "The API refused the request.");
        mended = true;

        browser.open("/imports/" + held).press("Release and send");
        assertThat(browser.text()).contains("1 import: 1 request, 1 row");
        browser.press("Yes");
        assertThat(browser.text()).contains("Release and send: done");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> !id("held.csv", "delivered").isEmpty());
        browser.open("/imports/" + held);
        assertThat(browser.texts(".timeline .person"))
                .anySatisfy(item -> assertThat(item).contains("released", "by ops"));

        browser.open("/attention").press("Replay the rest");
        assertThat(browser.text()).contains("1 import: 2 requests, 7 rows");
        browser.press("Yes");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> !id("dead.csv", "delivered").isEmpty());
        String replay = id("dead.csv", "delivered");
        browser.open("/act?do=replay-rest&id=" + dead).press("Yes");

        assertThat(browser.texts("main .id")).containsExactly(replay);
        assertThat(server.json("/api/imports?q=dead.csv").path("imports")).hasSize(2);
        browser.open("/");
        assertThat(browser.texts("#doings li"))
                .anySatisfy(item -> assertThat(item).contains("ops", "replayed"));
    }

    @Test
    void a_drop_is_paused_and_resumed() {
        signedIn().open("/");
        browser.click("a[href=\"/drops/quiet/pause\"]");
        browser.press("Yes, pause it");
        assertThat(browser.texts("#drop-lines .pill")).contains("paused");

        browser.click("a[href=\"/drops/quiet/resume\"]");
        browser.press("Yes, resume it");

        assertThat(browser.texts("#drop-lines .pill")).containsExactly("open", "open");
    }

    @Test
    void what_a_partner_wrote_is_text() {
        new Dropper(server.drop("acme")).whole("waits-" + HOSTILE, "email\n");
        String id = drop(HOSTILE, ELSEWHERE, 1, "rejected");
        signedIn();
        for (String path : List.of("/", "/imports", "/imports/" + id, "/attention", "/act?do=replay-all&id=" + id)) {
            browser.open(path);
            assertThat(browser.text()).as(path).contains(HOSTILE);
            assertThat(browser.texts("main img")).as(path).isEmpty();
        }
        browser.open("/imports?q=%3Cscript%3Edocument.title%3D2%3C%2Fscript%3E");

        assertThat(browser.find("[name=q]").getAttribute("value")).isEqualTo("<script>document.title=2</script>");
        assertThat(browser.script("return document.title")).isEqualTo("Imports – segment-drop");
    }

    @Test
    void it_works_without_scripts() {
        signedIn().scripts(false);
        try {
            browser.open("/imports");
            browser.find("[name=q]").sendKeys("nothing-has-this-name");
            browser.press("Search");
            assertThat(browser.text()).contains("No import is like that");
            browser.open("/drops/quiet/pause").press("Yes, pause it");
            assertThat(browser.text()).contains("paused");
            browser.open("/drops/quiet/resume").press("Yes, resume it");
            assertThat(browser.find("a[href=\"/drops/quiet/pause\"]").isDisplayed())
                    .isTrue();
        } finally {
            browser.scripts(true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everybody_can_use_it_on_a_screen_and_on_a_phone(String scheme) {
        String id = drop("with-rejects-" + scheme + ".csv", ACCEPTED, 30, "delivered");
        signedIn().scheme(scheme);
        try {
            for (String path : List.of(
                    "/", "/imports", "/imports/" + id, "/attention", "/act?do=replay-all&id=" + id, "/nothing")) {
                browser.width(1280);
                assertThat(browser.open(path).barriers()).as(path).isEmpty();
                browser.width(380);
                assertThat(browser.overflow()).as(path).isNotPositive();
                assertThat(browser.barriers()).as(path + " on a phone").isEmpty();
            }
        } finally {
            browser.scheme("light");
            browser.width(1280);
            // the browser logs that there is no page at /nothing
            browser.complaints();
        }
    }

    @Test
    void the_page_is_light() {
        signedIn().open("/");
        Number bytes = (Number) browser.script("return document.documentElement.outerHTML.length"
                + " + performance.getEntriesByType('resource').reduce((sum, e) => sum + e.decodedBodySize, 0)");

        assertThat(bytes.longValue()).isBetween(10_000L, 100_000L);
        assertThat(browser.script("return performance.getEntriesByType('resource').every(e => e.name.startsWith("
                        + "location.origin))"))
                .isEqualTo(true);
    }
}
