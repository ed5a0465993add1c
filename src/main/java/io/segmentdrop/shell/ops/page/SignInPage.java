package io.segmentdrop.shell.ops.page;

/**
 * The form with which people sign in.
 *
 * @param wrong whether the name or the password was wrong just now
 * @param left whether the person has just signed out
 * @param issuer whether people may also sign in at an issuer of OpenID Connect
 * @param failed whether that went wrong just now
 */
public record SignInPage(Frame frame, boolean wrong, boolean left, boolean issuer, boolean failed) {}
