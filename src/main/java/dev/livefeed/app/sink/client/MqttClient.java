package dev.livefeed.app.sink.client;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import dev.livefeed.app.sink.BatchClient;
import dev.livefeed.app.sink.ClientSettings;
import dev.livefeed.app.sink.LineAddress;
import dev.livefeed.app.sink.LineBatch;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes lines to an MQTT 5 broker with QoS 1; as many are unconfirmed at a time as the broker allows. */
public final class MqttClient implements BatchClient {

    private static final long CONNECT_SECONDS = 5;
    private static final long CONFIRM_SECONDS = 10;
    private static final String SPECIAL = "/+#";

    private final URI url;
    private final String prefix;
    private final String venue;
    private Mqtt5AsyncClient client;

    public MqttClient(ClientSettings settings) {
        url = URI.create(settings.text("sink.mqtt.url"));
        prefix = settings.text("sink.mqtt.topic.prefix");
        venue = settings.venue();
    }

    @Override
    public void send(LineBatch batch) throws Exception {
        if (client == null) {
            client = connected();
        }
        List<CompletableFuture<Mqtt5PublishResult>> sent = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            sent.add(client.publish(message(batch, i)));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONFIRM_SECONDS);
        for (CompletableFuture<Mqtt5PublishResult> one : sent) {
            await(one, end, "a line was not confirmed");
        }
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
        if (url.getUserInfo() != null) {
            String[] login = url.getUserInfo().split(":", 2);
            var user = builder.simpleAuth().username(login[0]);
            builder = (login.length == 1 ? user : user.password(login[1].getBytes(StandardCharsets.UTF_8)))
                    .applySimpleAuth();
        }
        Mqtt5AsyncClient made = builder.buildAsync();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS);
        await(
                made.connectWith().cleanStart(true).send(),
                end,
                "no connection to " + url.getHost() + " as SINK_MQTT_URL says");
        return made;
    }

    private Mqtt5Publish message(LineBatch batch, int index) throws IOException {
        byte[] line = batch.line(index);
        return Mqtt5Publish.builder()
                .topic(prefix + '/' + LineAddress.of(line, venue).path('/', SPECIAL))
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
