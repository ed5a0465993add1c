package io.segmentdrop.shell.ops;

/** Who may do what: a viewer sees everything but the partners' files, an operator also acts and downloads. */
public final class Roles {

    public static final String VIEWER = "VIEWER";
    public static final String OPERATOR = "OPERATOR";

    private Roles() {}
}
