package dev.livefeed.app.settings;

import java.util.List;

/** Settings that the program cannot start with: one line a fault. */
public class SettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    public SettingsException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, each with the value, the rule and what to do. */
    @SuppressWarnings("serial")
    public List<String> faults() {
        return faults;
    }
}
