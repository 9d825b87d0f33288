/*
 * Draws a directed graph in layers, top to bottom, in the way of Sugiyama, Tagawa and Toda (1981): turn the edges that
 * close cycles, give every node a layer, lead long edges through empty places, order each layer to avoid crossings, then
 * move nodes towards their neighbors as far as the gaps allow.
 */

/**
 * nodes: {id, width, height, rank: "first" | "last" | undefined}; edges: {from, to, probability}.
 * Sets x and y (center) on nodes, and on edges points (in the direction of the edge) and turned; returns the size.
 */
function layoutGraph(nodes, edges, gap) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const real = edges.filter((edge) => edge.from !== edge.to);
  turnCycles(nodes, real);
  assignLayers(nodes, real, byId);
  const layers = fillLayers(nodes, real, byId);
  orderLayers(layers);
  placeAcross(layers, gap.across);
  let y = 0;
  layers.forEach((layer) => {
    const height = Math.max(...layer.map((place) => place.height));
    layer.forEach((place) => { place.y = y + height / 2; });
    y += height + gap.down;
  });
  const left = Math.min(...layers.flat().map((place) => place.x - place.width / 2));
  layers.flat().forEach((place) => { place.x -= left; });
  real.forEach((edge) => {
    const points = edge.places.map((place) => ({ x: place.x, y: place.y }));
    edge.points = edge.turned ? points.reverse() : points;
  });
  return { width: Math.max(...layers.flat().map((place) => place.x + place.width / 2)), height: y - gap.down };
}

/** Turns the edges that lead back towards the first node. */
function turnCycles(nodes, edges) {
  const order = orderFromFirst(nodes, edges);
  edges.forEach((edge) => { edge.turned = order.get(edge.from) > order.get(edge.to); });
}

/** Nodes by the likeliest way to them (Dijkstra 1959; a step costs 1 and the surprise of its probability). */
function orderFromFirst(nodes, edges) {
  const cost = new Map(nodes.map((node) => [node.id, node.rank === "first" ? 0 : Infinity]));
  const left = new Set(cost.keys());
  const order = new Map();
  while (left.size) {
    const next = [...left].reduce((best, id) => (cost.get(id) < cost.get(best) ? id : best));
    left.delete(next);
    order.set(next, order.size);
    edges.filter((edge) => edge.from === next).forEach((edge) => {
      cost.set(edge.to, Math.min(cost.get(edge.to), cost.get(next) + 1 - Math.log(Math.max(1e-6, edge.probability))));
    });
  }
  nodes.filter((node) => node.rank === "last").forEach((node) => order.set(node.id, nodes.length));
  return order;
}

/** Longest way from the top, where an edge that was turned counts the other way round. */
function assignLayers(nodes, edges, byId) {
  nodes.forEach((node) => { node.layer = 0; });
  for (let round = 0; round < nodes.length; round++) {
    let moved = false;
    edges.forEach((edge) => {
      const [upper, lower] = edge.turned ? [edge.to, edge.from] : [edge.from, edge.to];
      if (byId.get(lower).layer <= byId.get(upper).layer) {
        byId.get(lower).layer = byId.get(upper).layer + 1;
        moved = true;
      }
    });
    if (!moved) break;
  }
  const deepest = Math.max(...nodes.map((node) => node.layer));
  nodes.filter((node) => node.rank === "last").forEach((node) => { node.layer = Math.max(node.layer, deepest); });
}

/** Layers of places; an edge that spans several gets an empty place in each layer between. */
function fillLayers(nodes, edges, byId) {
  const layers = [];
  const put = (place, layer) => {
    place.up = [];
    place.down = [];
    (layers[layer] = layers[layer] || []).push(place);
    return place;
  };
  nodes.forEach((node) => put(node, node.layer));
  edges.forEach((edge) => {
    const [upper, lower] = edge.turned ? [byId.get(edge.to), byId.get(edge.from)] : [byId.get(edge.from), byId.get(edge.to)];
    edge.places = [upper];
    for (let layer = upper.layer + 1; layer < lower.layer; layer++) {
      edge.places.push(put({ width: 14, height: 1, empty: true }, layer));
    }
    edge.places.push(lower);
    edge.places.slice(1).forEach((place, index) => {
      place.up.push(edge.places[index]);
      edge.places[index].down.push(place);
    });
  });
  return layers.filter(Boolean);
}

/** Sweeps down and up by the mean place of the neighbors, and keeps the order with the fewest crossings. */
function orderLayers(layers) {
  const number = () => layers.forEach((layer) => layer.forEach((place, index) => { place.order = index; }));
  number();
  let best = layers.map((layer) => [...layer]);
  let fewest = crossings(layers);
  for (let round = 0; round < 16 && fewest > 0; round++) {
    const side = round % 2 ? "down" : "up";
    (round % 2 ? [...layers].reverse() : layers).forEach((layer) => {
      layer.forEach((place) => { place.pull = place[side].length
        ? place[side].reduce((sum, other) => sum + other.order, 0) / place[side].length : place.order; });
      layer.sort((a, b) => a.pull - b.pull);
      layer.forEach((place, index) => { place.order = index; });
    });
    const now = crossings(layers);
    if (now < fewest) {
      fewest = now;
      best = layers.map((layer) => [...layer]);
    }
  }
  best.forEach((layer, index) => { layers[index].splice(0, layer.length, ...layer); });
  number();
}

function crossings(layers) {
  let crossed = 0;
  layers.forEach((layer) => {
    const pairs = layer.flatMap((place) => place.down.map((other) => [place.order, other.order]));
    for (let i = 0; i < pairs.length; i++) {
      for (let j = i + 1; j < pairs.length; j++) {
        if ((pairs[i][0] - pairs[j][0]) * (pairs[i][1] - pairs[j][1]) < 0) crossed++;
      }
    }
  });
  return crossed;
}

/** Moves every place towards its neighbors; order and gaps stay. */
function placeAcross(layers, gap) {
  layers.forEach((layer) => {
    let x = 0;
    layer.forEach((place) => {
      place.x = x + place.width / 2;
      x += place.width + gap;
    });
    layer.forEach((place) => { place.x -= (x - gap) / 2; });
  });
  for (let round = 0; round < 24; round++) {
    (round % 2 ? [...layers].reverse() : layers).forEach((layer) => {
      const side = round < 20 ? (round % 2 ? ["down"] : ["up"]) : ["up", "down"];
      const wishes = layer.map((place) => {
        const near = side.flatMap((name) => place[name]);
        const weights = near.map((other) => (place.empty && other.empty ? 8 : place.empty || other.empty ? 2 : 1));
        const sum = weights.reduce((all, weight) => all + weight, 0);
        return sum
          ? { at: near.reduce((all, other, index) => all + other.x * weights[index], 0) / sum, weight: sum }
          : { at: place.x, weight: 0.1 };
      });
      keepApart(layer, wishes, gap);
    });
  }
}

/** The places nearest to the wishes (least squares) that keep order and gaps: pools of neighbors move as one. */
function keepApart(layer, wishes, gap) {
  const pools = [];
  let offset = 0;
  layer.forEach((place, index) => {
    if (index) offset += (layer[index - 1].width + place.width) / 2 + gap;
    pools.push({ sum: (wishes[index].at - offset) * wishes[index].weight, weight: wishes[index].weight, members: [[place, offset]] });
    while (pools.length > 1 && mean(pools[pools.length - 2]) > mean(pools[pools.length - 1])) {
      const last = pools.pop();
      const pool = pools[pools.length - 1];
      pool.sum += last.sum;
      pool.weight += last.weight;
      pool.members.push(...last.members);
    }
  });
  pools.forEach((pool) => pool.members.forEach(([place, shift]) => { place.x = mean(pool) + shift; }));
}

function mean(pool) {
  return pool.sum / pool.weight;
}
