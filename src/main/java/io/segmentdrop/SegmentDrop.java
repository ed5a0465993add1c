package io.segmentdrop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server. */
@SpringBootApplication
public class SegmentDrop {

    public static void main(String[] args) {
        SpringApplication.run(SegmentDrop.class, args);
    }
}
