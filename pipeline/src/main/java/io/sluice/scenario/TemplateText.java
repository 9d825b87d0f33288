package io.sluice.scenario;

import java.util.ArrayList;
import java.util.List;

/** Captured text in which places are being put, from left to right. */
final class TemplateText {
    private final String text;
    private final List<Template.Part> parts = new ArrayList<>();
    private int at;

    TemplateText(String text) {
        this.text = text;
    }

    /** Puts {@code bound} where the characters {@code start} to {@code end} stand; text stays as it was captured. */
    void replace(int start, int end, Template bound) {
        if (bound.variables().isEmpty()) {
            return;
        }
        keep(start);
        parts.addAll(bound.parts());
        at = end;
    }

    Template template() {
        keep(text.length());
        return new Template(parts);
    }

    private void keep(int end) {
        if (end > at) {
            parts.add(new Template.Text(text.substring(at, end)));
        }
        at = end;
    }
}
