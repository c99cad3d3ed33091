package dev.livefeed.app.sink;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The shipped sinks whose client library the jar does not contain; the command {@code add} gets it by their name. */
public enum SinkLibrary {
    KAFKA("org.apache.kafka.clients.producer.KafkaProducer", "KafkaClient"),
    NATS("io.nats.client.Nats", "NatsClient"),
    MQTT("com.hivemq.client.mqtt.MqttClient", "MqttClient");

    /** Classes of this package use libraries of {@code lib/} and are therefore loaded with them. */
    public static final String PACKAGE = "dev.livefeed.app.sink.client";

    private final String needed;
    private final String client;

    SinkLibrary(String needed, String client) {
        this.needed = needed;
        this.client = client;
    }

    /** Those of the given sinks, in the order of this list. */
    public static List<SinkLibrary> of(List<String> sinks) {
        return Arrays.stream(values())
                .filter(library -> sinks.contains(library.sink()))
                .toList();
    }

    /** Name of the sink. */
    public String sink() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of the bean that its route calls. */
    public String bean() {
        return "sink" + name().charAt(0) + sink().substring(1);
    }

    /** Whether its classes can be loaded. */
    public boolean isInstalled() {
        try {
            Class.forName(needed, false, Thread.currentThread().getContextClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** A client that has not connected yet. */
    BatchClient client(ClientSettings settings) throws Exception {
        try {
            return (BatchClient) Class.forName(
                            PACKAGE + "." + client, true, Thread.currentThread().getContextClassLoader())
                    .getConstructor(ClientSettings.class)
                    .newInstance(settings);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
