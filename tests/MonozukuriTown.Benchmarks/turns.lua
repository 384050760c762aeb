-- wrk: asks for the addresses of the file in TOWN_ADDRESSES one after the other, round and round.
local addresses, turn = {}, 0
for line in io.lines(os.getenv("TOWN_ADDRESSES")) do addresses[#addresses + 1] = line end
request = function()
  turn = turn % #addresses + 1
  return wrk.format("GET", addresses[turn])
end
