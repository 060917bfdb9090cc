# docker build -t headroom . && docker run --rm -u "$(id -u)" -v "$PWD:/manifests:ro" headroom
FROM node:20-alpine AS build
WORKDIR /src
COPY . .
RUN npm ci && npm pack --pack-destination /tmp
RUN mkdir /app && tar -xzf /tmp/headroom-llm-*.tgz -C /app --strip-components=1

FROM node:20-alpine
# For --changed and for comparisons with a commit.
RUN apk add --no-cache git
COPY --from=build /app /app
USER node
WORKDIR /manifests
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["lint"]
