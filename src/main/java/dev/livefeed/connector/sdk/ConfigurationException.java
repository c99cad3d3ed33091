package dev.livefeed.connector.sdk;

/** Invalid settings; the message has one line per error. */
public class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
