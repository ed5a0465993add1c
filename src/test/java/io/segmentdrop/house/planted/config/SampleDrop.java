package io.segmentdrop.house.planted.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a drop's configuration looks like: a value of a map, of which Spring's metadata says nothing.
 *
 * @param settleFor how long a pair must have been
 *     unchanged
 * @param token a value that happens to be a record
 * @param segments the allowed segments
 * @param login how to sign in
 * @param defaults options by key
 */
public record SampleDrop(
        @DefaultValue("2s") Duration settleFor,
        Token token,
        List<Segment> segments,
        @NestedConfigurationProperty Login login,
        Map<String, Object> defaults) {

    /**
     * One segment.
     *
     * @param id its id
     */
    public record Segment(long id) {}

    /** A value of its own. */
    public record Token(String value) {}

    /**
     * A sign-in.
     *
     * @param user the name
     */
    public record Login(@DefaultValue("me") String user) {}
}
