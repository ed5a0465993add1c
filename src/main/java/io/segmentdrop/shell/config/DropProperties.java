package io.segmentdrop.shell.config;

import io.segmentdrop.core.sidecar.DropPolicy.RequireProof;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * One watched folder and what its partner may do. Denied unless it says so: other segments, clear, create, SMS, replacing tags.
 *
 * @param from the folder: file:/srv/sftp/acme, or sftp://user@host:22/outgoing relative to the login directory
 * @param was the names that the drop had before, whose imports go on under this one
 * @param segments the segments that the drop may import to
 * @param settleFor how long a pair without proof must have been unchanged before it is taken
 * @param tellAfter how long what waits and needs its sender may do so before a receipt that is not final says so
 * @param orphanAfter how long half a pair may wait for its other half before it becomes a dead letter
 * @param scanEvery how often the folder is looked at
 * @param maxInCustody how much of the drop may be in custody at once, neither archived nor a dead letter; absent: what there is room for
 * @param afterTake what becomes of a pair on the SFTP server once it is in custody: remove or keep
 * @param allowClear whether imports may empty a segment first
 * @param allowCreate whether imports may create segments
 * @param allowSms whether imports may set up or send texts
 * @param allowTagReplace whether imports may replace tags instead of merging them
 * @param campaigns the ids allowed as sourceCampaign; absent allows all
 * @param partners the ids allowed as sourcePartner; absent allows all
 * @param tags the allowed tags: ids of the sidecar, names of the CSV; absent allows all
 * @param columns the allowed headers besides email; absent allows all
 * @param subscriptionOptions the allowed keys of subscriptionOptions; absent allows all
 * @param requireProof which sidecars must prove with bytes and sha256 that the CSV is whole: never, clear or always
 * @param shrinkGuard a clearing import with fewer rows than this share of the last one of its segment is held; 0 is off
 * @param unknownHeaders headers that are neither email, a tag column nor varr_…: send or reject
 * @param embeddedNewlines rows with line breaks inside quotes: send or reject
 * @param expect when its files are expected
 * @param defaults options for what a sidecar leaves out, with the sidecar's own keys; a list inside is bound as a map from 0
 * @param sftp keys and files of an SFTP drop
 */
public record DropProperties(
        @Nullable String from,
        @DefaultValue List<String> was,
        @DefaultValue List<SegmentProperties> segments,
        @DefaultValue("2s") Duration settleFor,
        @DefaultValue("5m") Duration tellAfter,
        @DefaultValue("24h") Duration orphanAfter,
        @DefaultValue("500ms") Duration scanEvery,
        @Nullable DataSize maxInCustody,
        @DefaultValue("remove") AfterTake afterTake,
        @DefaultValue("false") boolean allowClear,
        @DefaultValue("false") boolean allowCreate,
        @DefaultValue("false") boolean allowSms,
        @DefaultValue("false") boolean allowTagReplace,
        @Nullable Set<Long> campaigns,
        @Nullable Set<Long> partners,
        @Nullable Set<String> tags,
        @Nullable Set<String> columns,
        @Nullable Set<String> subscriptionOptions,
        @DefaultValue("clear") RequireProof requireProof,
        @DefaultValue("0.5") double shrinkGuard,
        @DefaultValue("send") Treatment unknownHeaders,
        @DefaultValue("send") Treatment embeddedNewlines,
        @DefaultValue @NestedConfigurationProperty ExpectProperties expect,
        @DefaultValue Map<String, Object> defaults,
        @DefaultValue @NestedConfigurationProperty SftpProperties sftp) {

    public DropProperties {
        from = Texts.orNull(from);
        was = List.copyOf(was);
        segments = List.copyOf(segments);
        campaigns = campaigns == null ? null : Set.copyOf(campaigns);
        partners = partners == null ? null : Set.copyOf(partners);
        tags = tags == null ? null : Set.copyOf(tags);
        columns = columns == null ? null : Set.copyOf(columns);
        subscriptionOptions = subscriptionOptions == null ? null : Set.copyOf(subscriptionOptions);
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    }

    /** The folder that is watched, or an {@link IllegalArgumentException} that says what is wrong with {@code from}. */
    public DropSource source() {
        return DropSource.of(from == null ? "" : from);
    }
}
