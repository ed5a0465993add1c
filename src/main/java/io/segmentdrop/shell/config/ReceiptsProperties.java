package io.segmentdrop.shell.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The receipts and rejects that are written for partners.
 *
 * @param mode the mode of receipts and rejects, as chmod takes it and in quotes, whatever the umask; their group is that of the
 *     drop's folder where segment-drop's user is a member of it
 */
public record ReceiptsProperties(@DefaultValue("0640") String mode) {}
