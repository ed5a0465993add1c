package io.segmentdrop.shell.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration (design, section 11). A key that is not here refuses the start.
 *
 * <p>Folders and files are texts here, since Spring would look for a relative path on the class path first.
 *
 * @param home the folder of the ledger and of everything in custody, ours alone; relative to the working directory
 * @param routes the folder of the routes; relative to the working directory
 * @param api the OptiPub API
 * @param drops the watched folders by name, in the order in which they are written
 * @param receipts what is written for partners
 * @param check the limits of one CSV
 * @param split the size of the chunks
 * @param send how chunks are sent
 * @param notices how operations are told
 * @param retention how long what has ended is kept
 * @param traces where traces go
 * @param ops who may sign in
 */
@ConfigurationProperties(prefix = SegmentDropProperties.PREFIX, ignoreUnknownFields = false)
public record SegmentDropProperties(
        @DefaultValue("data") String home,
        @DefaultValue("routes") String routes,
        @DefaultValue @NestedConfigurationProperty ApiProperties api,
        @DefaultValue Map<String, DropProperties> drops,
        @DefaultValue @NestedConfigurationProperty ReceiptsProperties receipts,
        @DefaultValue @NestedConfigurationProperty CheckProperties check,
        @DefaultValue @NestedConfigurationProperty SplitProperties split,
        @DefaultValue @NestedConfigurationProperty SendProperties send,
        @DefaultValue @NestedConfigurationProperty NoticesProperties notices,
        @DefaultValue @NestedConfigurationProperty RetentionProperties retention,
        @DefaultValue @NestedConfigurationProperty TracesProperties traces,
        @DefaultValue @NestedConfigurationProperty OpsProperties ops) {

    /** What every key begins with. */
    public static final String PREFIX = "segment-drop";

    public SegmentDropProperties {
        drops = Collections.unmodifiableMap(new LinkedHashMap<>(drops));
    }

    /**
     * One drop.
     *
     * @throws NoSuchElementException if no drop has this name
     */
    public DropProperties drop(String name) {
        return Optional.ofNullable(drops.get(name))
                .orElseThrow(() -> new NoSuchElementException("expected a configured drop, found " + name));
    }

    /** The home as an absolute path. */
    public Path homeFolder() {
        return Path.of(home).toAbsolutePath().normalize();
    }

    /** The routes' folder as an absolute path. */
    public Path routesFolder() {
        return Path.of(routes).toAbsolutePath().normalize();
    }
}
