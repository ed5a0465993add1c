package io.segmentdrop.house.planted.shell.api;

import org.springframework.beans.factory.annotation.Autowired;

/** Planted: a field that is filled from outside. */
public final class TakesFromTheField {
    @Autowired
    public String name = "";
}
