package io.segmentdrop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a window, signed in to a server or not. Needs {@link #CHROMIUM} and {@link #DRIVER}. */
public final class Browser implements AutoCloseable {

    public static final String CHROMIUM = "/usr/bin/chromium";
    public static final String DRIVER = "/usr/bin/chromedriver";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI server;
    private final ChromeDriver driver;

    private Browser(URI server, ChromeDriver driver) {
        this.server = server;
        this.driver = driver;
    }

    /** Starts one with a profile of its own in this folder. */
    public static Browser start(URI server, Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER))
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().implicitlyWait(PATIENCE).pageLoadTimeout(Duration.ofSeconds(30));
        Browser browser = new Browser(server, driver);
        browser.width(1280);
        return browser;
    }

    /** Goes to a path of the server. */
    public Browser open(String path) {
        driver.get(server.resolve(path).toString());
        return this;
    }

    public Browser signIn(String user, String password) {
        open("/login");
        find("[name=username]").sendKeys(user);
        find("[name=password]").sendKeys(password);
        click("form.stack button");
        find("form.user");
        return this;
    }

    /** The path and query that it is at. */
    public String path() {
        URI at = URI.create(Objects.requireNonNull(driver.getCurrentUrl()));
        return at.getRawPath() + (at.getRawQuery() == null ? "" : "?" + at.getRawQuery());
    }

    /** The first element of a CSS selector; waits for it. */
    public WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** The texts of all elements of a selector, as they are at this moment. */
    public List<String> texts(String css) {
        return list("return [...document.querySelectorAll('" + css + "')].map(e => e.textContent.trim())");
    }

    /** Follows the link, or presses the button, that a selector finds first, and waits for the page it leads to. */
    public void click(String css) {
        leave(find(css));
    }

    /** Follows the link, or presses the button, that has this text, and waits for the page it leads to. */
    public void press(String text) {
        leave(driver.findElement(
                By.xpath("//*[self::a or self::button][contains(normalize-space(), '" + text + "')]")));
    }

    /** A click returns when the next page begins to come: what is asked of it then may not be there yet. */
    private void leave(WebElement door) {
        driver.executeScript("window.left = true");
        door.click();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> (Boolean) script("return !window.left && document.readyState === 'complete'"));
    }

    /** The text of the page; of the next one, if it comes just now. */
    public String text() {
        return await().ignoreException(StaleElementReferenceException.class)
                .until(() -> find("body").getText(), Objects::nonNull);
    }

    @SuppressWarnings("unchecked")
    private List<String> list(String script) {
        return (List<String>) Objects.requireNonNull(driver.executeScript(script));
    }

    /** What a script answers. */
    public Object script(String script) {
        return Objects.requireNonNull(driver.executeScript(script));
    }

    /** Lets pages run no script of their own from now on, or again. */
    public void scripts(boolean on) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
    }

    /** The width of the window, in pixels. */
    public void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the person likes: light or dark. */
    public void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** How much wider the page is than the window. */
    public long overflow() {
        return (Long) script("return document.documentElement.scrollWidth - window.innerWidth");
    }

    /** What axe-core finds wrong on this page: the rule, and where. */
    @SuppressWarnings("unchecked")
    public List<String> barriers() {
        driver.executeScript(axe());
        return (List<String>) Objects.requireNonNull(driver.executeAsyncScript("""
            const done = arguments[arguments.length - 1];
            axe.run().then(result => done(result.violations.flatMap(
                rule => rule.nodes.map(node => rule.id + ': ' + node.target.join(' ') + ' ' + node.html))));
            """));
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What pages complained of since this was asked last: faults of scripts, what the content policy refused. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** A picture of the window as PNG. */
    public byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
