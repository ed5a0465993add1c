package io.segmentdrop.shell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each reason not to start, with its whole message; {@code $T} stands for a temporary folder. */
class StartupChecksTest {

    private static final String SAFE = """
        segment-drop:
          home: $T/home
          routes: $T/routes
          api: { base-url: https://acme.optipub.com, token: k3y }
          drops:
            acme: { from: file:$T/acme }
        """;

    @TempDir
    Path folder;

    private Path real;

    @BeforeEach
    void followLinks() throws IOException {
        real = folder.toRealPath();
    }

    @Test
    void aSafeConfigurationPasses() {
        assertThat(refusals(SAFE)).isEmpty();
    }

    @Test
    void everyReasonIsToldAtOnce() {
        assertThatThrownBy(() -> checks("UTF-8")
                        .check(Configurations.properties(
                                "segment-drop: { send: { workers: 0 }, drops: { Acme: { allow-clear: true } } }")))
                .isInstanceOf(StartupRefusedException.class)
                .hasMessage("segment-drop.api.base-url: expected an address such as https://acme.optipub.com, found"
                        + " nothing; segment-drop.api.token: expected the API key, here or in the file that"
                        + " api.token-file names, found neither; segment-drop.drops.Acme: expected a name of 1 to"
                        + " 63 characters a-z, 0-9 and -, since folders bear it, found \"Acme\";"
                        + " segment-drop.drops.Acme.from: expected file:<folder> or"
                        + " sftp://<user>@<host>:<port>/<folder>, found nothing; segment-drop.send.workers:"
                        + " expected at least 1, found 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'0640'", "'640'", "'0644'", "'0600'", "'0666'"})
    void modesThatReadersNeedPass(String mode) {
        assertThat(refusals(SAFE + "  receipts: { mode: " + mode + " }")).isEmpty();
    }

    /** What is not in quotes is a number to YAML, and an octal one: 0640 is 416. */
    @ParameterizedTest
    @CsvSource({"0640,416", "0644,420", "0600,384", "'0777',0777", "'0440',0440", "rw-r-----,rw-r-----"})
    void otherModesAreRefused(String mode, String found) {
        assertThat(refusals(SAFE + "  receipts: { mode: " + (mode.equals(found) ? "'" + mode + "'" : mode) + " }"))
                .containsExactly("segment-drop.receipts.mode: expected the octal mode of a file that its owner may read"
                        + " and write and nobody may execute, such as \"0640\" (in quotes: YAML takes 0640 for the"
                        + " number 416), found \"" + found + "\"");
    }

    @Test
    void aFormerNameIsOfOneDropAndOfNoneNow() {
        assertThat(refusals(SAFE.replace("acme }", "acme, was: [beta, old, old] }")
                        + "    beta: { from: file:$T/beta, was: older }"))
                .containsExactly(
                        "segment-drop.drops.acme.was: expected a name that no drop has now, found \"beta\", which is"
                                + " one",
                        "segment-drop.drops.acme.was: expected each former name once, found \"old\" again");
    }

    @Test
    void anotherLocaleIsRefused() {
        assertThat(checks("ANSI_X3.4-1968").refusals(properties(SAFE)))
                .extracting(Refusal::toString)
                .containsExactly("the locale of the process: expected UTF-8 for file names, found ANSI_X3.4-1968;"
                        + " set LANG=C.UTF-8 in the environment, and no LC_ALL that says otherwise");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.optipub.com",
                "https://acme.optipub.com/",
                "https://acme.optipub.com:8443/prefix",
                "http://localhost:8080",
                "http://127.0.0.1:8080",
                "http://127.255.255.255",
                "http://[::1]:8080"
            })
    void safeAddressesPass(String address) {
        assertThat(refusals(SAFE.replace("https://acme.optipub.com", "'" + address + "'")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                              | nothing
        acme.optipub.com                | "acme.optipub.com"
        ftp://acme.optipub.com          | "ftp://acme.optipub.com"
        https:///api                    | no host in "https:///api"
        https://a b                     | no address
        https://key@acme.optipub.com    | one with a user or password in it; the key belongs in api.token or api.token-file
        https://acme.optipub.com?key=1  | one with a query or fragment
        https://acme.optipub.com#top    | one with a query or fragment
        http://acme.optipub.com         | "http://acme.optipub.com"; http would send the key and the rows in the clear, and is allowed to this machine only (localhost, 127.0.0.0/8, ::1)
        http://127.0.0.1.evil.com       | "http://127.0.0.1.evil.com"; http would send the key and the rows in the clear, and is allowed to this machine only (localhost, 127.0.0.0/8, ::1)
        http://localhost.evil.com       | "http://localhost.evil.com"; http would send the key and the rows in the clear, and is allowed to this machine only (localhost, 127.0.0.0/8, ::1)
        http://127.0.0.256              | "http://127.0.0.256"; http would send the key and the rows in the clear, and is allowed to this machine only (localhost, 127.0.0.0/8, ::1)
        """)
    void otherAddressesAreRefused(String address, String found) {
        assertThat(refusals(SAFE.replace("https://acme.optipub.com", "'" + address + "'")))
                .containsExactly(
                        "segment-drop.api.base-url: expected an address such as https://acme.optipub.com, found "
                                + found);
    }

    @Test
    void aTokenFileNeedsNoToken() {
        assertThat(refusals(SAFE.replace("token: k3y", "token-file: $T/not-there-yet")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"token-file: ''", "token: ''", "token: '', token-file: ' '"})
    void noKeyIsRefused(String keys) {
        assertThat(refusals(SAFE.replace("token: k3y", keys)))
                .containsExactly("segment-drop.api.token: expected the API key, here or in the file that"
                        + " api.token-file names, found neither");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        k3y\\nX: y      | more than one line
        Bearer k3y     | the word Bearer or Authorization in front of it, which is added when it is sent
        'k3y'          | quotes around it
        k3 y           | a space inside it
        """)
    void aKeyThatCannotBeSentIsRefusedAndNotShown(String token, String found) {
        assertThat(refusals(SAFE.replace("token: k3y", "token: \"" + token + "\"")))
                .containsExactly(
                        "segment-drop.api.token: expected the API key alone, in visible ASCII characters, found "
                                + found + " (the value is not shown)");
    }

    @Test
    void whatStandsAroundAKeyIsNoPartOfIt() {
        assertThat(refusals(SAFE.replace("token: k3y", "token: \"\\uFEFF k3y\\r\\n\"")))
                .isEmpty();
    }

    @Test
    void aFieldNameIsOne() {
        assertThat(refusals(SAFE.replace("token: k3y", "token: k3y, field-names: { replace-tags: 'a\"b' }")))
                .containsExactly("segment-drop.api.field-names.replace-tags:"
                        + " expected a form field's name of A-Z, a-z, 0-9, _, . and -, found \"a\"b\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Acme        | Acme
        a_b         | a_b
        '[-a]'      | -a
        '[../up]'   | ../up
        '[a/b]'     | a/b
        """)
    void aDropNameBecomesAFolder(String written, String name) {
        assertThat(refusals(SAFE.replace("acme: {", "'" + written + "': {")))
                .containsExactly(
                        "segment-drop.drops." + name + ": expected a name of 1 to 63 characters a-z, 0-9 and -,"
                                + " since folders bear it, found \"" + name + "\"");
    }

    @Test
    void aDashBeforeADropsNameIsLostInTheBinding() {
        assertThat(properties(SAFE.replace("acme: {", "-a: {")).drops()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        acme           | the folder of
        ./x/../acme/   | the folder of
        link           | the folder of
        acme/receipts  | a folder inside that of
        link/sub       | a folder inside that of
        .              | a folder that holds that of
        """)
    void twoDropsOnOneFolderAreRefused(String second, String found) throws IOException {
        Files.createDirectory(folder.resolve("acme"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("acme"));
        String yaml = SAFE.replace("$T/home", "$T/../elsewhere").replace("$T/routes", "$T/../routes")
                + "    other: { from: file:$T/" + second + " }\n";

        assertThat(refusals(yaml))
                .containsExactly("segment-drop.drops.other.from: expected a folder of its own, found " + found
                        + " drop acme (" + real + "/acme)");
    }

    @Test
    void foldersThatOnlyBeginAlikeAreApart() {
        assertThat(refusals(SAFE + "    other: { from: file:$T/acme-2 }\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        home: $T/home     | home: $T/acme         | home   | acme
        home: $T/home     | home: $T/acme/home    | home   | acme/home
        routes: $T/routes | routes: $T/acme/r     | routes | acme/r
        """)
    void nothingOfOursLiesInADrop(String safe, String unsafe, String key, String found) {
        assertThat(refusals(SAFE.replace(safe, unsafe)))
                .containsExactly("segment-drop." + key + ": expected a folder outside every drop, found " + real + "/"
                        + found + " in drop acme (" + real + "/acme), where its partner could write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"work", "archive", "dead-letter"})
    void aDropIsNotInCustody(String name) {
        assertThat(refusals(SAFE.replace("file:$T/acme", "file:$T/home/" + name + "/x")))
                .containsExactly("segment-drop.drops.acme.from: expected a folder outside of what is in custody,"
                        + " found one in " + real + "/home/" + name);
    }

    @Test
    void aDropMayLieBesideWhatIsInCustody() {
        assertThat(refusals(SAFE.replace("file:$T/acme", "file:$T/home/inbox/acme")))
                .isEmpty();
    }

    @Test
    void theSpoolOfAnSftpDropIsItsOwnFolder() throws IOException {
        assertThat(refusals(SAFE.replace("file:$T/acme", "file:$T/home/" + "spool/remote") + sftp("remote")))
                .containsExactly("segment-drop.drops.remote.from: expected a folder of its own, found the folder of"
                        + " drop acme (" + real + "/home" + "/spool/remote)");
    }

    @Test
    void aDropsFolderHasNoQuestionMark() {
        assertThat(refusals(SAFE.replace("file:$T/acme", "file:$T/wh%3Ft")))
                .containsExactly("segment-drop.drops.acme.from: expected a path without a question mark, found " + real
                        + "/wh?t");
    }

    @Test
    void aDropsFolderMayBeMissing() {
        assertThat(folder.resolve("acme")).doesNotExist();
        assertThat(refusals(SAFE)).isEmpty();
    }

    @Test
    void anSftpDropThatKnowsItsServerPasses() throws IOException {
        assertThat(refusals(SAFE + sftp("remote"))).isEmpty();
    }

    @Test
    void anSftpDropWithoutAnythingIsRefused() {
        assertThat(refusals(SAFE + "    remote: { from: sftp://u@h/x }\n"))
                .containsExactly(
                        "segment-drop.drops.remote.sftp.known-hosts-file: expected a file that pins the server's host"
                                + " key, found nothing; write one with ssh-keyscan and compare its fingerprint with the"
                                + " partner's",
                        "segment-drop.drops.remote.sftp.private-key-file: expected a private key, or a password in the"
                                + " file that sftp.password-file names, found neither");
    }

    @Test
    void filesThatAreMissingOrEmptyPinNothing() throws IOException {
        Files.writeString(folder.resolve("empty"), "# no key yet\n\n");

        assertThat(refusals(SAFE
                        + "    one: { from: sftp://u@h/1, sftp: { known-hosts-file: $T/none,"
                        + " private-key-file: $T/none } }\n"
                        + "    two: { from: sftp://u@h/2, sftp: { known-hosts-file: $T/empty,"
                        + " password-file: $T/empty } }\n"))
                .containsExactly(
                        "segment-drop.drops.one.sftp.known-hosts-file: expected a file that pins the server's host key,"
                                + " found no readable file at " + folder
                                + "/none; write one with ssh-keyscan and compare its fingerprint with the partner's",
                        "segment-drop.drops.one.sftp.private-key-file: expected a readable file, found none at "
                                + folder + "/none",
                        "segment-drop.drops.two.sftp.known-hosts-file: expected a file that pins the server's host key,"
                                + " found no key in " + folder
                                + "/empty; write one with ssh-keyscan and compare its fingerprint with the partner's");
    }

    @Test
    void twoSftpDropsOnOneFolderAreRefused() throws IOException {
        assertThat(refusals(SAFE + sftp("one") + sftp("two").replace("@sftp.acme.com/out", "@SFTP.acme.com:22/out/")))
                .containsExactly(
                        "segment-drop.drops.two.from: expected a folder of its own, found the folder of drop one"
                                + " (u@sftp.acme.com:22/out)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        check: { max-reject-ratio: 1.5 }                  | check.max-reject-ratio: expected a share from 0 to 1, found 1.5
        check: { max-reject-ratio: -0.1 }                 | check.max-reject-ratio: expected a share from 0 to 1, found -0.1
        check: { max-reject-ratio: .nan }                 | check.max-reject-ratio: expected a share from 0 to 1, found NaN
        check: { max-bytes: 0B }                          | check.max-bytes: expected at least 1, found 0
        split: { max-rows: 0 }                            | split.max-rows: expected at least 1, found 0
        split: { max-bytes: -1 }                          | split.max-bytes: expected at least 1, found -1
        send: { workers: 0 }                              | send.workers: expected at least 1, found 0
        send: { connect-timeout: 0s }                     | send.connect-timeout: expected at least 1ms, found 0s
        send: { response-timeout: -1s }                   | send.response-timeout: expected at least 1ms, found -1s
        send: { give-up-after: 0s }                       | send.give-up-after: expected at least 1ms, found 0s
        send: { hold-limit: 0s }                          | send.hold-limit: expected at least 1ms, found 0s
        send: { backoff: { first: 0s } }                  | send.backoff.first: expected at least 1ms, found 0s
        send: { backoff: { first: 1500ms, longest: 1s } } | send.backoff.longest: expected at least backoff.first (1500ms), found 1s
        ops: { user: 'a:b' }                              | ops.user: expected a name without a colon, found "a:b"
        """)
    void numbersHaveTheirRange(String keys, String refusal) {
        assertThat(refusals(SAFE + "  " + keys + "\n")).containsExactly("segment-drop." + refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shrink-guard: 2                       | shrink-guard: expected a share from 0 to 1, found 2.0
        scan-every: 0s                        | scan-every: expected at least 1ms, found 0s
        orphan-after: 0s                      | orphan-after: expected at least 1ms, found 0s
        tell-after: 0s                        | tell-after: expected at least 1ms, found 0s
        max-in-custody: 0B                    | max-in-custody: expected at least 1, found 0
        settle-for: -1s                       | settle-for: expected no time or more, found -1s
        'segments: [{ lane: x }]'             | segments[0].id: expected a segment's id from 1, found nothing or 0
        'segments: [{ id: 1 }, { id: -2 }]'   | segments[1].id: expected a segment's id from 1, found -2
        'segments: [{ id: 7 }, { id: 7 }]'    | segments[1].id: expected each segment once, found 7 again
        'defaults: { claer: true }'           | defaults.claer: expected a documented key, found "claer"
        """)
    void dropsHaveTheirRange(String keys, String refusal) {
        assertThat(refusals(SAFE.replace("file:$T/acme", "file:$T/acme, " + keys)))
                .containsExactly("segment-drop.drops.acme." + refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        { id: 7, lane: publication-7 } | { id: 7 }           | publication-7 | 7
        { id: 7 }                      | { id: 7, lane: a }  | 7             | a
        { id: 7, lane: a }             | { id: 7, lane: A }  | a             | A
        """)
    void twoLanesForOneSegmentAreRefused(String one, String other, String lane, String found) {
        String yaml = SAFE.replace("file:$T/acme", "file:$T/acme, segments: [" + one + "]")
                + "    vendor: { from: file:$T/vendor, segments: [{ id: 8 }, " + other + "] }\n";

        assertThat(refusals(yaml))
                .containsExactly("segment-drop.drops.vendor.segments[1].lane: expected segment 7 in the lane \"" + lane
                        + "\", where drop acme has it, since a segment is in one lane; found \"" + found
                        + "\" in drop vendor");
    }

    @Test
    void oneLaneForOneSegmentPasses() {
        String yaml = SAFE.replace("file:$T/acme", "file:$T/acme, segments: [{ id: 7 }, { id: 8, lane: '7' }]")
                + "    vendor: { from: file:$T/vendor, segments: [{ id: 8, lane: '7' }, { id: 7, lane: '7' }] }\n";

        assertThat(refusals(yaml)).isEmpty();
    }

    @Test
    void aLaneIsNotNamedAsThoseOfCreatedSegments() {
        assertThat(refusals(SAFE.replace("file:$T/acme", "file:$T/acme, segments: [{ id: 7, lane: 'create:acme:x' }]")))
                .containsExactly("segment-drop.drops.acme.segments[0].lane: expected a name that does not begin with"
                        + " create:, which is kept for segments that are created, found \"create:acme:x\"");
    }

    @Test
    void aPasswordLongerThanCanBeKeptIsRefusedAndNotShown() {
        assertThat(refusals(SAFE + "  ops: { password: " + "ä".repeat(37) + " }\n"))
                .containsExactly("segment-drop.ops.password: expected at most 72 bytes, found 74");
    }

    private String sftp(String name) throws IOException {
        Files.writeString(folder.resolve("known"), "sftp.acme.com ssh-ed25519 AAAA\n");
        Files.writeString(folder.resolve("key"), "key");
        return "    " + name + ": { from: 'sftp://u@sftp.acme.com/out', sftp: { known-hosts-file: $T/known,"
                + " private-key-file: $T/key } }\n";
    }

    private List<String> refusals(String yaml) {
        return checks("UTF-8").refusals(properties(yaml)).stream()
                .map(Refusal::toString)
                .toList();
    }

    private SegmentDropProperties properties(String yaml) {
        return Configurations.properties(yaml.replace("$T", folder.toString()));
    }

    private static StartupChecks checks(String encoding) {
        return new StartupChecks(Configurations::defaults, encoding);
    }
}
