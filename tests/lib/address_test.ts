import assert from "node:assert/strict";
import { createAddresses, parseSubnet } from "../../lib/address.ts";

const PROXIES = ["10.0.0.0/8", "192.168.1.1", "2001:db8::/32"];

Deno.test("[T-M17] clientOf() believes X-Forwarded-For of trusted proxies only", () => {
  const { clientOf } = createAddresses(PROXIES);
  const table: [peer: string | undefined, forwarded: string | undefined, client: string][] = [
    ["203.0.113.7", undefined, "203.0.113.7"],
    ["203.0.113.7", "198.51.100.1", "203.0.113.7"],
    ["10.1.2.3", "198.51.100.1", "198.51.100.1"],
    ["::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"],
    ["2001:db8::5", "198.51.100.1", "198.51.100.1"],
    ["192.168.1.1", "198.51.100.1", "198.51.100.1"],
    ["192.168.1.2", "198.51.100.1", "192.168.1.2"],
    // What the client itself put in front does not count.
    ["10.1.2.3", "1.2.3.4, 198.51.100.1", "198.51.100.1"],
    ["10.1.2.3", "1.2.3.4, 198.51.100.1, 192.168.1.1", "198.51.100.1"],
    ["10.1.2.3", "198.51.100.1 ,10.9.9.9", "198.51.100.1"],
    ["10.1.2.3", "10.4.4.4, 10.5.5.5", "10.4.4.4"],
    ["10.1.2.3", "2001:db9::1", "2001:db9::1"],
    ["10.1.2.3", "::ffff:198.51.100.1", "198.51.100.1"],
    ["10.1.2.3", "unknown", "10.1.2.3"],
    ["10.1.2.3", "198.51.100.1, garbage", "10.1.2.3"],
    ["10.1.2.3", "", "10.1.2.3"],
    ["10.1.2.3", ",,", "10.1.2.3"],
    ["10.1.2.3", "fe80::1%eth0", "fe80::1%eth0"],
    [undefined, "198.51.100.1", "unknown"],
  ];
  for (const [peer, forwarded, client] of table) {
    assert.equal(clientOf(peer, forwarded), client, `${peer} for ${forwarded}`);
  }
  assert.equal(createAddresses([]).clientOf("10.1.2.3", "198.51.100.1"), "10.1.2.3");
});

Deno.test("[T-M22] isLocal() is true of this machine, when no proxy passed the request on", () => {
  const { isLocal } = createAddresses(["127.0.0.1"]);
  const table: [peer: string | undefined, forwarded: string | undefined, local: boolean][] = [
    ["127.0.0.1", undefined, true],
    ["127.8.8.8", undefined, true],
    ["::1", undefined, true],
    ["::ffff:127.0.0.1", undefined, true],
    ["127.0.0.1", "198.51.100.1", false],
    ["127.0.0.1", "", false],
    ["10.1.2.3", undefined, false],
    [undefined, undefined, false],
  ];
  for (const [peer, forwarded, local] of table) {
    assert.equal(isLocal(peer, forwarded), local, `${peer} for ${forwarded}`);
  }
});

Deno.test("parseSubnet() reads addresses and subnets and nothing that only looks like one", () => {
  const ipv4 = "ipv4", ipv6 = "ipv6";
  const table: [entry: string, expected: ReturnType<typeof parseSubnet>][] = [
    ["10.0.0.1", { address: "10.0.0.1", bits: 32, family: ipv4 }],
    ["10.0.0.0/8", { address: "10.0.0.0", bits: 8, family: ipv4 }],
    ["0.0.0.0/0", { address: "0.0.0.0", bits: 0, family: ipv4 }],
    ["::1", { address: "::1", bits: 128, family: ipv6 }],
    ["2001:DB8::/32", { address: "2001:DB8::", bits: 32, family: ipv6 }],
    ["::ffff:10.0.0.0/104", { address: "::ffff:10.0.0.0", bits: 104, family: ipv6 }],
  ];
  for (const [entry, expected] of table) assert.deepEqual(parseSubnet(entry), expected, entry);
  const refused = [
    // An empty length would be 0: the whole internet trusted by a slip of the pen.
    "10.0.0.0/",
    "10.0.0.0/33",
    "::1/129",
    "10.0.0.0/8/8",
    "10.0.0.0/0x8",
    "10.0.0.0/1e1",
    "10.0.0.0/-1",
    "10.0.0.0/ 8",
    "10.0.0",
    "300.0.0.1",
    "fe80::1%eth0",
    "proxy.example",
    "",
  ];
  for (const entry of refused) assert.equal(parseSubnet(entry), null, entry);
  assert.throws(() => createAddresses(["10.0.0.0/"]), /must be addresses or subnets/);
});
