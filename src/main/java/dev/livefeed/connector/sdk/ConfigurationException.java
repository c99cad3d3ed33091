package dev.livefeed.connector.sdk;

/** Settings that can never work; the message is one line for the person who wrote them. */
public class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
