package io.segmentdrop.shell.ops.page;

import java.time.Instant;

/**
 * What every page has around it.
 *
 * @param section the place in the navigation: overview, imports or attention
 * @param user who is signed in; empty for nobody
 * @param operator whether this user may act
 * @param csrfName the name of the field that every form carries, and csrf its value
 * @param waiting how many imports wait for us
 * @param every seconds between two looks at what is live; 0 for a page that does not change
 * @param version of the styles and scripts
 */
public record Frame(
        String title,
        String section,
        String user,
        boolean operator,
        String csrfName,
        String csrf,
        long waiting,
        int every,
        String version,
        Instant now) {}
