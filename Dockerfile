# After mvn -B verify: docker build -t segment-drop .
# To run it, mount application.yaml at /app/application.yaml, the partners' folders below /drops (user 10001 must be able to
# write there), and a volume at /app/data: it holds the ledger, and without it what was sent is forgotten.
FROM eclipse-temurin:25-jre AS layers
WORKDIR /build
COPY target/segment-drop.jar segment-drop.jar
RUN ["java", "-Djarmode=tools", "-jar", "segment-drop.jar", "extract", "--layers", "--destination", "layers"]

# one start on the sandbox, ended when it is up, tells the JVM what every start loads: it is kept in segment-drop.aot
FROM eclipse-temurin:25-jre AS start
ENV LANG=C.UTF-8
WORKDIR /app
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/spring-boot-loader/ ./
COPY --from=layers /build/layers/snapshot-dependencies/ ./
COPY --from=layers /build/layers/application/ ./
COPY routes/ routes/
RUN ["install", "--directory", "inbox-samples"]
RUN ["bash", "-c", "java -XX:AOTCacheOutput=segment-drop.aot -jar segment-drop.jar --spring.profiles.active=sandbox & until (exec 3<>/dev/tcp/127.0.0.1/8080) 2>/dev/null; do kill -0 $! || exit 1; sleep 1; done; sleep 5; kill $!; wait $!; test -s segment-drop.aot"]

FROM eclipse-temurin:25-jre
# in another locale Java cannot open names with other letters than A to Z
ENV LANG=C.UTF-8
# of the container, which only what docker publishes reaches; elsewhere it is loopback
ENV SERVER_ADDRESS=0.0.0.0
WORKDIR /app
RUN ["install", "--directory", "--owner=10001", "--group=10001", "--mode=0700", "data", "/drops"]
# what changes least comes first, so that a new build sends only its last layers
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/spring-boot-loader/ ./
COPY --from=layers /build/layers/snapshot-dependencies/ ./
COPY --from=layers /build/layers/application/ ./
COPY routes/ routes/
# of use only to the very files above, on this runtime and at this place; otherwise it is ignored
COPY --from=start /app/segment-drop.aot ./
VOLUME ["/app/data", "/drops"]
EXPOSE 8080
USER 10001:10001
# the image has no curl; liveness is the process alone, whatever partners and the API do
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 200 ]]"]
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=segment-drop.aot", "-XX:MaxRAMPercentage=75", "-jar", "segment-drop.jar"]
