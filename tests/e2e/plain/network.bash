# shellcheck shell=bash
# Sourced: what ip(8) builds, in a namespace of its own, and one in another.
# shellcheck disable=SC2034 # for who sources it
build='mount -t tmpfs tmpfs /run && ip netns add box &&
ip link add br0 type bridge && ip link set br0 up mtu 1400 &&
ip link add veth0 type veth peer name eth0 netns box &&
ip link set veth0 master br0 up && ip addr add 10.1.0.1/24 dev br0 &&
ip -n box link set lo up && ip -n box addr add 10.1.0.5/24 dev eth0 &&
ip -n box link set eth0 up && ip -n box route add default via 10.1.0.1 &&
ip link add moved0 type veth peer name stay0 && ip link set moved0 netns box name moved1
ip -n box addr add 10.1.0.5/24 dev eth0'
