package dev.livefeed.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The REST responses that a connector needs to run: instruments, time and empty histories. */
final class RestAnswers extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PreparedFeed feed;

    RestAnswers(PreparedFeed feed) {
        super(false);
        this.feed = feed;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
            context.fireChannelRead(request);
            return;
        }
        try {
            QueryStringDecoder query = new QueryStringDecoder(request.uri());
            ObjectNode answer = JSON.createObjectNode().put("retCode", 0).put("retMsg", "OK");
            ObjectNode result = answer.putObject("result");
            result.put("category", "linear");
            ArrayNode list = result.putArray("list");
            if (query.path().endsWith("/instruments-info")) {
                feed.instruments().forEach(instrument -> instrument(list.addObject(), instrument));
                result.put("nextPageCursor", "");
            }
            answer.putObject("retExtInfo");
            answer.put("time", System.currentTimeMillis());
            byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            HttpUtil.setContentLength(response, body.length);
            context.writeAndFlush(response);
        } finally {
            request.release();
        }
    }

    private static void instrument(ObjectNode row, FeedInstrument instrument) {
        String tick =
                BigDecimal.valueOf(instrument.tick(), instrument.priceDigits()).toPlainString();
        String step = BigDecimal.valueOf(1, instrument.qtyDigits()).toPlainString();
        row.put("symbol", instrument.symbol()).put("status", "Trading").put("contractType", "LinearPerpetual");
        row.putObject("priceFilter").put("tickSize", tick);
        row.putObject("lotSizeFilter").put("qtyStep", step);
    }
}
