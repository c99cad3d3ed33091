package dev.livefeed.app.sink.client;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttDecodeException;
import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import dev.livefeed.app.sink.BatchClient;
import dev.livefeed.app.sink.ClientSettings;
import dev.livefeed.app.sink.LineAddress;
import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.LineRefused;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes lines to an MQTT 5 broker with QoS 1; as many are unconfirmed at a time as the broker allows. */
public final class MqttClient implements BatchClient {

    private static final long CONNECT_SECONDS = 5;
    private static final long CONFIRM_SECONDS = 10;
    private static final String SPECIAL = "/+#";
    private static final Set<Mqtt5PubAckReasonCode> REFUSALS =
            Set.of(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID, Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID);

    private final URI url;
    private final String prefix;
    private final String venue;
    private final String user;
    private final String password;
    private Mqtt5AsyncClient client;
    /**
     * The broker has not taken a line and may have taken later ones, or connections have ended because of an unknown
     * one: now each line waits for the one before.
     */
    private boolean oneByOne;
    /** How many connections in a row have ended while lines were sent. */
    private int ended;

    public MqttClient(ClientSettings settings) {
        url = URI.create(settings.text("sink.mqtt.url"));
        prefix = settings.text("sink.mqtt.topic.prefix");
        venue = settings.venue();
        String login = url.getUserInfo() == null ? settings.text("sink.mqtt.user") : url.getUserInfo();
        int colon = url.getUserInfo() == null ? -1 : login.indexOf(':');
        user = colon < 0 ? login : login.substring(0, colon);
        password = colon < 0 ? settings.variable("SINK_MQTT_PASSWORD") : login.substring(colon + 1);
    }

    @Override
    public void send(LineBatch batch) throws Exception {
        if (client == null) {
            client = connected();
        }
        List<CompletableFuture<Mqtt5PublishResult>> sent = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            try {
                sent.add(client.publish(message(batch, i)));
            } catch (IllegalArgumentException e) {
                throw new LineRefused(i, e.getMessage()); // no topic can be made of it
            }
            if (oneByOne) {
                confirm(sent.get(i), batch, i, inTime(CONFIRM_SECONDS));
            }
        }
        long end = inTime(CONFIRM_SECONDS);
        for (int i = 0; i < sent.size(); i++) {
            confirm(sent.get(i), batch, i, end);
        }
        oneByOne = false;
        ended = 0;
    }

    private static long inTime(long seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private void confirm(CompletableFuture<Mqtt5PublishResult> one, LineBatch batch, int index, long end)
            throws Exception {
        try {
            await(one, end, "a line was not confirmed");
        } catch (IOException e) {
            Throwable why = e.getSuppressed().length == 0 ? null : e.getSuppressed()[0].getCause();
            if (why instanceof Mqtt5PubAckException answer) {
                oneByOne = true;
                throw answered(answer.getMqttMessage().getReasonCode(), batch, index);
            }
            if (why instanceof MqttEncodeException) {
                throw new LineRefused(index, e.getMessage());
            }
            for (Throwable cause = why; cause != null; cause = cause.getCause()) {
                if (isRefusal(cause)) {
                    throw new LineRefused(
                            oneByOne ? index : LineRefused.UNKNOWN,
                            "a line ends the connection: " + cause.getMessage());
                }
            }
            if (why instanceof MqttSessionExpiredException || why instanceof ConnectionClosedException) {
                oneByOne |= ++ended > 1; // the answer to a line may be lost behind those that are sent meanwhile
            }
            throw e;
        }
    }

    /**
     * Whether a connection has ended because of a line. To one that is longer than its {@code message_size_limit},
     * mosquitto gives an answer that MQTT does not know.
     */
    private static boolean isRefusal(Throwable end) {
        return end instanceof MqttDecodeException
                || end instanceof Mqtt5DisconnectException closed
                        && closed.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.PACKET_TOO_LARGE;
    }

    private IOException answered(Mqtt5PubAckReasonCode code, LineBatch batch, int index) throws IOException {
        String text = "the broker answers " + code + " to a line for the topic " + topic(batch, index);
        return REFUSALS.contains(code) ? new LineRefused(index, text) : new IOException(text);
    }

    private String topic(LineBatch batch, int index) throws LineRefused {
        return prefix + '/' + LineAddress.of(batch, index, venue).path('/', SPECIAL);
    }

    /** Each connection has a client of its own, without the automatic reconnection that would send lines late. */
    private Mqtt5AsyncClient connected() throws Exception {
        boolean tls = List.of("mqtts", "ssl", "tls").contains(url.getScheme());
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .serverHost(url.getHost())
                .serverPort(url.getPort() >= 0 ? url.getPort() : tls ? 8883 : 1883);
        if (tls) {
            builder = builder.sslWithDefaultConfig();
        }
        if (!user.isEmpty()) {
            var login = builder.simpleAuth().username(user);
            builder = (password.isEmpty() ? login : login.password(password.getBytes(StandardCharsets.UTF_8)))
                    .applySimpleAuth();
        }
        Mqtt5AsyncClient made = builder.buildAsync();
        await(
                made.connectWith().cleanStart(true).send(),
                inTime(CONNECT_SECONDS),
                "no connection to " + url.getHost() + " as SINK_MQTT_URL says");
        return made;
    }

    private Mqtt5Publish message(LineBatch batch, int index) throws IOException {
        byte[] line = batch.line(index);
        return Mqtt5Publish.builder()
                .topic(topic(batch, index))
                .payload(line)
                .qos(MqttQos.AT_LEAST_ONCE)
                .userProperties(Mqtt5UserProperties.builder()
                        .add("run", Long.toString(batch.run()))
                        .add("sequence", Long.toString(batch.first() + index))
                        .build())
                .build();
    }

    private static void await(CompletableFuture<?> future, long end, String otherwise) throws Exception {
        try {
            future.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            IOException failed = new IOException(otherwise + ": " + e.getCause().getMessage());
            failed.addSuppressed(e); // not as its cause, of which alone the message would be shown
            throw failed;
        } catch (TimeoutException e) {
            throw new IOException(otherwise + " in time");
        }
    }

    @Override
    public void close() {
        Mqtt5AsyncClient ended = client;
        client = null;
        if (ended != null) {
            ended.disconnect();
        }
    }
}
