package io.segmentdrop.core.check;

import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Settings;
import java.util.stream.Stream;

/** What one CSV is held against: the rules of an import's options, its drop's policy and the configuration. */
public final class RulesOf {

    private RulesOf() {}

    /** The rules for the CSV of an import with these effective options. */
    public static CheckRules of(Options options, DropPolicy policy, CheckSettings settings) {
        Settings said = options.settings();
        return new CheckRules(
                options.clear(),
                said.suppression(),
                said.isTrue(Key.HASH),
                said.columns(),
                said.number(Key.ROWS),
                said.number(Key.BYTES),
                said.text(Key.SHA256),
                policy.allowTagReplace(),
                policy.columns(),
                policy.tags(),
                setsTags(said),
                settings.rejectUnknownHeaders(),
                settings.rejectEmbeddedNewlines(),
                settings.maxRejectRatio(),
                settings.maxBytes(),
                settings.chunkRows(),
                settings.chunkBytes());
    }

    /** An empty list and a replacing that is false ask for nothing. */
    private static boolean setsTags(Settings said) {
        return said.isTrue(Key.REPLACE_TAGS)
                || said.isTrue(Key.REPLACE_SUBSCRIBER_TAGS)
                || Stream.of(
                                Key.TAGS_TO_ADD,
                                Key.TAGS_TO_REMOVE,
                                Key.SUBSCRIBER_TAGS_TO_ADD,
                                Key.SUBSCRIBER_TAGS_TO_REMOVE)
                        .anyMatch(key -> !said.ids(key).isEmpty());
    }
}
