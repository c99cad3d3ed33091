package dev.livefeed.app.settings;

import java.util.List;

/** Thrown for settings with which the application cannot start; it has one line per fault. */
public class SettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    public SettingsException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** The faults, each with the value, the rule and what to do. */
    @SuppressWarnings("serial")
    public List<String> faults() {
        return faults;
    }
}
