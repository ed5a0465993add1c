package io.segmentdrop.house.planted.core.check;

import com.fasterxml.jackson.databind.JsonNode;

/** Planted: the core reads JSON other than by streaming. */
public final class UsesDatabind {
    public int size(JsonNode node) {
        return node.size();
    }
}
