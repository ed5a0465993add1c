package io.segmentdrop.shell.config;

import static io.segmentdrop.shell.config.Configurations.properties;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.core.sidecar.DropPolicy.RequireProof;
import io.segmentdrop.core.sidecar.DropPolicy.SegmentPolicy;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Suppression;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BindingTest {

    private static final IssuerProperties NO_ISSUER =
            new IssuerProperties(null, null, null, null, "preferred_username", "groups", List.of(), List.of());

    private static final String DOCUMENTED = """
        segment-drop:
          home: data
          api:
            base-url: https://acme.optipub.com/
            token: k3y
            token-file: ""
            ssl-bundle: optipub
            verify-segments: true
            field-names:
              create-sms-addons: f1
              sms-phone-variable: f2
              send-sms-confirmation: f3
              suppress-funnel-events: f4
              replace-tags: f5
              replace-subscriber-tags: f6
          drops:
            zebra:
              from: file:/srv/zebra
            acme:
              from: sftp://segdrop@sftp.acme.com:2222/outgoing
              segments:
                - id: 100789
                - id: 100790
                  suppression: md5
                  lane: publication-7
                  funnels: true
              was: [old-acme, older-acme]
              settle-for: 3s
              tell-after: 7m
              orphan-after: 12h
              after-take: keep
              scan-every: 250ms
              max-in-custody: 50GB
              allow-clear: true
              allow-create: true
              allow-sms: true
              allow-tag-replace: true
              campaigns: [90, 91]
              partners: []
              tags: [1001, vip]
              columns: [varr_firstname]
              subscription-options: [started_at]
              require-proof: always
              shrink-guard: 0.8
              unknown-headers: reject
              embedded-newlines: reject
              defaults: { clear: false, sourceCampaign: 90, activeStatus: null, tagsToAdd: [1, 2], subscriptionOptions: { auto_renews: true } }
              sftp:
                private-key-file: /run/secrets/key
                known-hosts-file: /etc/known
                passphrase: sesame
                passphrase-file: /run/secrets/passphrase
                password-file: /run/secrets/password
                connect-timeout: 1s
                exchange-timeout: 2s
                sign-in-timeout: 3s
                list-timeout: 4s
                read-timeout: 5s
                connections: 3
          receipts: { mode: "0644" }
          check: { max-reject-ratio: 0.1, max-bytes: 1GB }
          split: { max-rows: 10, max-bytes: 1MB }
          send:
            workers: 2
            connect-timeout: 1s
            response-timeout: 2s
            backoff: { first: 1s, longest: 2m }
            give-up-after: 1h
            hold-limit: 2h
          ops: { user: alice, password: s3cret }
        """;

    @Test
    void everyDocumentedKeyIsBound() {
        SegmentDropProperties properties = properties(DOCUMENTED);

        assertThat(properties.api())
                .isEqualTo(new ApiProperties(
                        "https://acme.optipub.com",
                        new Secret("k3y"),
                        null,
                        "optipub",
                        new FieldNameProperties("f1", "f2", "f3", "f4", "f5", "f6"),
                        true));
        assertThat(properties.drop("acme"))
                .isEqualTo(new DropProperties(
                        "sftp://segdrop@sftp.acme.com:2222/outgoing",
                        List.of("old-acme", "older-acme"),
                        List.of(
                                new SegmentProperties(100789, null, null, false),
                                new SegmentProperties(100790, Suppression.MD5, "publication-7", true)),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(7),
                        Duration.ofHours(12),
                        Duration.ofMillis(250),
                        DataSize.ofGigabytes(50),
                        AfterTake.KEEP,
                        true,
                        true,
                        true,
                        true,
                        Set.of(90L, 91L),
                        Set.of(),
                        Set.of("1001", "vip"),
                        Set.of("varr_firstname"),
                        Set.of("started_at"),
                        RequireProof.ALWAYS,
                        0.8,
                        Treatment.REJECT,
                        Treatment.REJECT,
                        properties.drop("acme").expect(),
                        properties.drop("acme").defaults(),
                        new SftpProperties(
                                "/run/secrets/key",
                                "/etc/known",
                                new Secret("sesame"),
                                "/run/secrets/passphrase",
                                "/run/secrets/password",
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                3)));
        assertThat(properties.receipts()).isEqualTo(new ReceiptsProperties("0644"));
        assertThat(properties.check()).isEqualTo(new CheckProperties(0.1, DataSize.ofGigabytes(1)));
        assertThat(properties.split()).isEqualTo(new SplitProperties(10, DataSize.ofMegabytes(1)));
        assertThat(properties.send())
                .isEqualTo(new SendProperties(
                        2,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        new BackoffProperties(Duration.ofSeconds(1), Duration.ofMinutes(2)),
                        Duration.ofHours(1),
                        Duration.ofHours(2)));
        assertThat(properties.ops()).isEqualTo(new OpsProperties("alice", new Secret("s3cret"), Map.of(), NO_ISSUER));
    }

    @Test
    void dropsKeepTheirOrder() {
        assertThat(properties(DOCUMENTED).drops().keySet()).containsExactly("zebra", "acme");
    }

    @Test
    void defaultsKeepTheirKeysAsTheyAreWritten() {
        Map<String, Object> defaults = properties(DOCUMENTED).drop("acme").defaults();

        assertThat(defaults)
                .containsExactly(
                        Map.entry("clear", false),
                        Map.entry("sourceCampaign", 90),
                        Map.entry("activeStatus", ""),
                        Map.entry("tagsToAdd", Map.of("0", 1, "1", 2)),
                        Map.entry("subscriptionOptions", Map.of("auto_renews", true)));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        SegmentDropProperties properties = properties("segment-drop.drops.acme.from: file:inbox");

        assertThat(properties.homeFolder()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(properties.routesFolder()).isEqualTo(Path.of("routes").toAbsolutePath());
        assertThat(properties.api())
                .isEqualTo(new ApiProperties(
                        null, null, null, null, new FieldNameProperties(null, null, null, null, null, null), false));
        assertThat(properties.drop("acme"))
                .isEqualTo(new DropProperties(
                        "file:inbox",
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        Duration.ofHours(24),
                        Duration.ofMillis(500),
                        null,
                        AfterTake.REMOVE,
                        false,
                        false,
                        false,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        RequireProof.CLEAR,
                        0.5,
                        Treatment.SEND,
                        Treatment.SEND,
                        new ExpectProperties(null, "UTC", List.of("MON-SUN"), 1, List.of()),
                        Map.of(),
                        new SftpProperties(
                                null,
                                null,
                                null,
                                null,
                                null,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                2)));
        assertThat(properties.check()).isEqualTo(new CheckProperties(0.05, DataSize.ofGigabytes(16)));
        assertThat(properties.split()).isEqualTo(new SplitProperties(100_000, DataSize.ofMegabytes(20)));
        assertThat(properties.send())
                .isEqualTo(new SendProperties(
                        4,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(120),
                        new BackoffProperties(Duration.ofSeconds(5), Duration.ofMinutes(15)),
                        Duration.ofHours(24),
                        Duration.ofHours(72)));
        assertThat(properties.ops()).isEqualTo(new OpsProperties("ops", null, Map.of(), NO_ISSUER));
    }

    @Test
    void noDropAtAllIsAConfigurationToo() {
        assertThat(properties("segment-drop.home: data").drops()).isEmpty();
    }

    @Test
    void anEmptySecretIsNone() {
        SegmentDropProperties properties = properties("segment-drop: { api: { token: '' }, ops: { password: '' } }");

        assertThat(properties.api().token()).isNull();
        assertThat(properties.ops().password()).isNull();
    }

    @Test
    void aSecretDoesNotShowItself() {
        assertThat(properties(DOCUMENTED).toString()).doesNotContain("k3y", "s3cret", "sesame");
    }

    @Test
    void theSixUnpublishedFieldsCanBeNamed() {
        assertThat(properties(DOCUMENTED).api().fieldNames().names().configured())
                .isEqualTo(Map.of(
                        Key.CREATE_SMS_ADDONS, "f1",
                        Key.SMS_PHONE_VARIABLE, "f2",
                        Key.SEND_SMS_CONFIRMATION, "f3",
                        Key.SUPPRESS_FUNNEL_EVENTS, "f4",
                        Key.REPLACE_TAGS, "f5",
                        Key.REPLACE_SUBSCRIBER_TAGS, "f6"));
        assertThat(ConfigurationKeys.all().stream()
                        .filter(key -> key.startsWith("segment-drop.api.field-names."))
                        .map(key -> key.substring("segment-drop.api.field-names.".length())))
                .containsExactlyInAnyOrderElementsOf(FieldNames.UNPUBLISHED.values());
    }

    @Test
    void aDropBecomesAPolicy() {
        DropPolicy policy = new DropPolicies(Configurations::defaults)
                .of(properties(DOCUMENTED).drop("acme"));

        assertThat(policy)
                .isEqualTo(new DropPolicy(
                        List.of(
                                new SegmentPolicy(100789, null, "100789", false),
                                new SegmentPolicy(100790, Suppression.MD5, "publication-7", true)),
                        true,
                        true,
                        true,
                        true,
                        Set.of(90L, 91L),
                        Set.of(),
                        Set.of("1001", "vip"),
                        Set.of("varr_firstname"),
                        Set.of("started_at"),
                        RequireProof.ALWAYS,
                        new io.segmentdrop.core.sidecar.Settings(Map.of(Key.CLEAR, false))));
    }
}
