package io.segmentdrop.house.planted.cli;

import org.springframework.boot.SpringApplication;

/** Planted: the command line starts a framework. */
public final class StartsSpring {
    public String name() {
        return "x";
    }

    public SpringApplication start() {
        return new SpringApplication(StartsSpring.class);
    }
}
